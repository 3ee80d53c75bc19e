package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"
)

//go:embed assets/page.html
var pageHTML string

//go:embed assets/style.css
var style string

//go:embed assets/script.js
var script string

var sheet = template.Must(template.New("page").Funcs(template.FuncMap{"pair": pair,
	"kind": Block.kind}).Parse(pageHTML))

// rowOf is a row with its table: what the template of a row needs.
type rowOf struct {
	Table Table
	Row   Row
}

func pair(t Table, r Row) rowOf { return rowOf{t, r} }

// HTML sets the page as one file. Its policy lets nothing load and nothing run but
// the page's own style and script.
func HTML(p *Page) ([]byte, error) {
	var b bytes.Buffer
	err := sheet.Execute(&b, struct {
		Page   *Page
		Policy string
		Style  template.CSS
		Script template.JS
	}{p, policy(), template.CSS(style), template.JS(script)}) //nolint:gosec // the page's own
	if err != nil {
		return nil, err
	}
	return append([]byte(strings.TrimSpace(b.String())), '\n'), nil
}

// policy is the content-security policy of a page.
func policy() string {
	return "default-src 'none'; img-src data:; style-src " + digest(style) + "; script-src " + digest(script) +
		"; base-uri 'none'; form-action 'none'"
}

// digest names a text by its content.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
