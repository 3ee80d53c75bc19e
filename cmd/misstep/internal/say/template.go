package say

import (
	"strings"
	"text/template"
)

// Text is what a template of a set says of some data. One that fails is a mistake of ours.
func Text(set *template.Template, name string, data any) string {
	var b strings.Builder
	if err := set.ExecuteTemplate(&b, name, data); err != nil {
		panic("templates: " + err.Error())
	}
	return strings.TrimSpace(b.String())
}

// Lines are the lines of [Text]. Empty ones are left out, and one that begins with a
// blank goes on with the line before.
func Lines(set *template.Template, name string, data any) []string {
	var out []string
	for line := range strings.Lines(Text(set, name, data)) {
		text := strings.TrimSpace(line)
		switch {
		case text == "":
		case len(out) > 0 && strings.HasPrefix(line, " "):
			out[len(out)-1] += " " + text
		default:
			out = append(out, text)
		}
	}
	return out
}
