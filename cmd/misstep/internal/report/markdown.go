package report

import (
	"fmt"
	"regexp"
	"strings"
)

// Markdown sets the page for a repository or a mail: the same words and numbers,
// with figures as files beside it where there are any.
func Markdown(p *Page) []byte {
	w := &marker{}
	w.line("# " + escaped(p.Title))
	w.line(inline(p.Subtitle))
	for i := range p.Sections {
		s := &p.Sections[i]
		w.line("## " + escaped(s.Title))
		for _, b := range s.Blocks {
			w.block(b)
		}
	}
	w.line("---")
	w.line(inline(p.Foot))
	return []byte(strings.TrimRight(w.String(), "\n") + "\n")
}

// marker writes blocks, an empty line between them.
type marker struct{ strings.Builder }

func (w *marker) line(s string) {
	if s != "" {
		w.WriteString(s + "\n\n")
	}
}

func (w *marker) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		w.line(start(inline(b.Text)))
	case Lead:
		w.line("**" + escaped(b.Text.String()) + "**")
	case Note:
		w.line("> " + inline(b.Text))
	case Heading:
		w.line("### " + escaped(b.Title))
	case List:
		w.items(b.Items)
	case Brief:
		for _, q := range b.Items {
			w.line("### " + escaped(q.Title))
			for _, inner := range q.Body {
				w.block(inner)
			}
		}
	case Terms:
		for _, m := range b.Items {
			w.line("**" + escaped(m.Word.String()) + "**")
			for _, t := range m.Says {
				w.line(start(inline(t)))
			}
		}
	case Command:
		w.fence(strings.Join(b.Lines, "\n"))
	case Verbatim:
		w.fence(b.Text)
	case Details:
		w.line("#### " + escaped(b.Title))
		for _, inner := range b.Blocks {
			w.block(inner)
		}
	case Table:
		w.table(b)
	case Figure:
		w.picture(b.Title, b.File, b.Alt, b.Caption, b.Source)
	case Chart:
		alt := make([]string, len(b.Panels))
		for i := range b.Panels {
			alt[i] = b.Panels[i].Alt
		}
		w.picture(b.Title, b.File, strings.Join(alt, " "), b.Caption, b.Source)
	}
}

func (w *marker) items(items []Text) {
	for _, t := range items {
		w.WriteString("- " + inline(t) + "\n")
	}
	w.WriteString("\n")
}

// picture shows a figure's file, or says what is in it.
func (w *marker) picture(title, file, alt string, caption Text, s Source) {
	w.line("#### " + escaped(title))
	if file != "" {
		if strings.ContainsAny(file, " ()<>") {
			file = "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(file) + ">"
		}
		w.line("![" + escaped(alt) + "](" + file + ")")
	} else {
		w.line(start(escaped(alt)))
	}
	w.line(start(inline(caption)))
	w.line(start("How this was made: " + inline(s.Made)))
	if t, n, err := FromCSV("", s.shown(), mostMarkdown); s.CSV != nil && err == nil && n <= mostMarkdown {
		t.Caption = "The numbers behind the figure"
		w.table(t)
	}
}

// mostMarkdown is how many rows of a figure's numbers Markdown holds.
const mostMarkdown = 30

func (w *marker) table(t Table) {
	if len(t.Columns) == 0 {
		return
	}
	w.line(start(escaped(t.Caption)))
	rule := make([]string, len(t.Columns))
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i], rule[i] = escaped(c.Title), "---"
		if c.Numbers {
			rule[i] = "---:"
		}
	}
	w.row(head)
	w.row(rule)
	for _, g := range t.Groups {
		if g.Title != "" {
			cells := make([]string, len(t.Columns))
			cells[0] = "**" + escaped(g.Title) + "**"
			w.row(cells)
		}
		for _, r := range g.Rows {
			cells := make([]string, len(r.Cells))
			for i, c := range r.Cells {
				cells[i] = inline(c.Text)
			}
			w.row(cells)
		}
	}
	w.WriteString("\n")
}

func (w *marker) row(cells []string) { w.WriteString("| " + strings.Join(cells, " | ") + " |\n") }

var backticks = regexp.MustCompile("`+")

// fence shows a text as it is, between fences longer than any in it.
func (w *marker) fence(text string) {
	n := 3
	for _, run := range backticks.FindAllString(text, -1) {
		n = max(n, len(run)+1)
	}
	f := strings.Repeat("`", n)
	w.line(f + "\n" + strings.TrimRight(text, "\n") + "\n" + f)
}

// inline sets running text in one line. Jumps are words only: Markdown has no
// addresses inside a page that all readers share.
func inline(t Text) string {
	var b strings.Builder
	for _, s := range t {
		text := escaped(s.Text)
		switch s.Look {
		case Strong, Term:
			text = "**" + text + "**"
		case Code:
			text = coded(s.Text)
		case Link:
			text = fmt.Sprintf("[%s](<%s>)", text, strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(s.To))
		}
		b.WriteString(text)
	}
	return b.String()
}

// coded sets words as code; bars and line ends would break a table.
func coded(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if strings.ContainsAny(s, "`|<") {
		return escaped(s)
	}
	return "`" + s + "`"
}

var special = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "|", "\\|",
	"~", "\\~",
	"#", "\\#", "&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ")

// escaped keeps words from being read as marks.
func escaped(s string) string { return special.Replace(s) }

var listLike = regexp.MustCompile(`^([+-]|[0-9]+[.)])( |$)`)

// start keeps a paragraph from being read as a list.
func start(s string) string {
	if m := listLike.FindStringSubmatchIndex(s); m != nil {
		return s[:m[3]-1] + "\\" + s[m[3]-1:]
	}
	if strings.HasPrefix(s, "---") || strings.HasPrefix(s, "===") {
		return "\\" + s
	}
	return s
}
