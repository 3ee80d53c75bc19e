package report

import (
	"embed"
	"html/template"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
)

// order is that of the sections: each is a template of its name, and left out where it
// writes nothing. The first is the head of the page, the last its foot.
var order = []string{"head", "brief", "detail", "limits", "effect", "groups", "why", "escalation", "beliefs", "channel",
	"histories",
	"methods", "words", "record", "assumptions", "provenance", "again", "foot"}

var onOneSide = []string{"head", "brief", "foot"}

// section is a part of the page, as Markdown and as HTML.
type section struct {
	ID, Title, Text string
	Body            template.HTML
}

//go:embed templates/*.md.tmpl
var files embed.FS

var templates = markdown.Templates(files, "templates/*.md.tmpl")

// write fills in the templates.
func write(d *Data) ([]section, error) {
	var out []section
	ids := order
	if d.Brief {
		ids = onOneSide
	}
	for _, id := range ids {
		text, err := markdown.Write(templates, id+".md.tmpl", d)
		if err != nil {
			return nil, err
		}
		if text != "" {
			title, _, _ := strings.Cut(strings.TrimPrefix(text, "## "), "\n")
			out = append(out, section{ID: id, Title: title, Text: text})
		}
	}
	return out, nil
}

// asMarkdown joins sections, each under a name to jump to.
func asMarkdown(sections []section) []byte {
	var b strings.Builder
	for i, s := range sections {
		switch i {
		case 0:
		case len(sections) - 1:
			b.WriteString("---\n\n")
		default:
			b.WriteString(string(markdown.Anchor(s.ID)) + "\n\n")
		}
		b.WriteString(s.Text + "\n\n")
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}
