package study

import (
	_ "embed"
	"strings"
	"text/template"
)

//go:embed sentences.tmpl
var sentencesText string

var sentencesOf = template.Must(template.New("sentences").Parse(sentencesText))

// sentences are those of a template: what stands between its empty lines, each on one
// line.
func sentences(name string, data any) []string {
	var b strings.Builder
	if err := sentencesOf.ExecuteTemplate(&b, name, data); err != nil {
		panic("sentences: " + err.Error())
	}
	var out []string
	for _, text := range strings.Split(strings.TrimSpace(b.String()), "\n\n") {
		words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' })
		out = append(out, strings.Join(words, " "))
	}
	return out
}
