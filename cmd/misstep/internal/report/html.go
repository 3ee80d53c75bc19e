package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

//go:embed assets/page.html
var pageHTML string

//go:embed assets/style.css
var style string

//go:embed assets/script.js
var script string

var sheet = template.Must(template.New("page").Parse(pageHTML))

// asHTML sets the page as one file. Its policy lets nothing load and nothing run but the
// page's own style and script.
func asHTML(d *Data, sections []section) ([]byte, error) {
	convert := goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithRendererOptions(html.WithUnsafe(),
		renderer.WithNodeRenderers(util.Prioritized(&setter{d.Figures}, 100))))
	for i := range sections {
		var b bytes.Buffer
		if err := convert.Convert([]byte(sections[i].Text), &b); err != nil {
			return nil, err
		}
		sections[i].Body = template.HTML(b.String()) //nolint:gosec // every value in it was escaped
	}
	var b bytes.Buffer
	last := len(sections) - 1
	err := sheet.Execute(&b, struct {
		Title, Policy string
		Style         template.CSS
		Script        template.JS
		Head, Foot    template.HTML
		Sections      []section
	}{d.Title, policy(), template.CSS(style), template.JS(script), //nolint:gosec // the page's own
		sections[0].Body, sections[last].Body, sections[1:last]})
	return append(bytes.TrimSpace(b.Bytes()), '\n'), err
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

// plain is the text of a node as HTML, without its marks.
func plain(n ast.Node, source []byte) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			html.DefaultWriter.Write(w, t.Segment.Value(source))
			if t.SoftLineBreak() {
				_ = w.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	_ = w.Flush()
	return b.String()
}

// setter sets what the page has of its own: tables that stand in stacks on a telephone,
// pictures that are part of the page, and links.
type setter struct{ figures map[string]*Figure }

// RegisterFuncs says which nodes are set here.
func (s *setter) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(table.KindTable, s.table)
	r.Register(table.KindTableHeader, s.row)
	r.Register(table.KindTableRow, s.row)
	r.Register(table.KindTableCell, s.cell)
	r.Register(ast.KindParagraph, s.paragraph)
	r.Register(ast.KindImage, s.image)
	r.Register(ast.KindLink, s.link)
}

// put writes one text where a node begins and another where it ends.
func put(w util.BufWriter, entering bool, begin, end string) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(begin)
	} else {
		_, _ = w.WriteString(end)
	}
	return ast.WalkContinue, nil
}

func (s *setter) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return put(w, entering, `<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>`+"\n",
		"</tbody>\n</table></div>\n")
}

// groupHead reports whether a row is the heading of those below: its first cell alone is
// filled, in bold.
func groupHead(n ast.Node) bool {
	first := n.FirstChild()
	if e, ok := first.FirstChild().(*ast.Emphasis); !ok || e.Level != 2 || e.NextSibling() != nil {
		return false
	}
	for c := first.NextSibling(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return false
		}
	}
	return true
}

func (s *setter) row(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch {
	case n.Kind() == table.KindTableHeader:
		return put(w, entering, "<thead><tr>", "</tr></thead>\n<tbody>\n")
	case groupHead(n):
		return put(w, entering, `<tr class="group">`, "</tr>\n")
	}
	return put(w, entering, "<tr>", "</tr>\n")
}

func (s *setter) cell(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	row, number := n.Parent(), ""
	if n.(*table.TableCell).Alignment == table.AlignRight {
		number = ` class="number"`
	}
	switch {
	case row.Kind() == table.KindTableHeader:
		return put(w, entering, `<th scope="col"`+number+`>`, "</th>")
	case n.PreviousSibling() == nil && row.Kind() == table.KindTableRow:
		return put(w, entering, `<th scope="row">`, "</th>")
	}
	head := row.Parent().FirstChild().FirstChild()
	for c := n.PreviousSibling(); c != nil && head.NextSibling() != nil; c = c.PreviousSibling() {
		head = head.NextSibling()
	}
	return put(w, entering, `<td`+number+` data-head="`+plain(head, source)+`">`, "</td>")
}

func (s *setter) paragraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if _, picture := n.FirstChild().(*ast.Image); picture {
		return ast.WalkContinue, nil
	}
	return put(w, entering, "<p>", "</p>\n")
}

// image sets a picture of the page.
func (s *setter) image(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	id, _ := strings.CutPrefix(string(n.(*ast.Image).Destination), "picture:")
	f := s.figures[id]
	if f == nil || !entering {
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkSkipChildren, sheet.ExecuteTemplate(w, "picture", f)
}

// link sets links into the page, to its files of numbers, and to the web.
func (s *setter) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	to := string(n.(*ast.Link).Destination)
	rest := ` rel="noreferrer"`
	if id, numbers := strings.CutPrefix(to, "numbers:"); numbers && s.figures[id] != nil {
		f := s.figures[id]
		to = "data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(f.csv)
		rest = ` download="` + template.HTMLEscapeString(f.Name) + `"`
	} else if strings.HasPrefix(to, "#") {
		rest = ""
	}
	return put(w, entering, `<a href="`+template.HTMLEscapeString(to)+`"`+rest+">", "</a>")
}

// Image is the picture as an address that needs no network.
func (f *Figure) Image() template.URL {
	kind := "image/svg+xml"
	if bytes.HasPrefix(f.picture, []byte("\x89PNG")) {
		kind = "image/png"
	}
	// nolint:gosec // base64 of an image
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(f.picture))
}

// pictureWidth is the width in which a figure is laid out [px].
const pictureWidth = 768

// Width is the width of the picture [px].
func (f *Figure) Width() int { return pictureWidth }

// Height is the height of the picture [px], in proportion where it is known.
func (f *Figure) Height() int {
	var x, y, w, h float64
	if _, err := fmt.Sscan(readSVG(f.picture).ViewBox, &x, &y, &w, &h); err != nil || !(w > 0) || !(h > 0) {
		return pictureWidth * 9 / 16
	}
	return int(pictureWidth*h/w + 0.5)
}
