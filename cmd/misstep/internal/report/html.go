package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"

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
		renderer.WithNodeRenderers(util.Prioritized(tables{}, 100))))
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
		OneSide       bool
	}{d.Title, policy(), template.CSS(style), template.JS(script), //nolint:gosec // the page's own
		sections[0].Body, sections[last].Body, sections[1:last], d.Brief})
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

// tables sets tables so that they stand in stacks on a telephone: every row has a name,
// every other cell the head of its column.
type tables struct{}

// RegisterFuncs says which nodes are set here.
func (t tables) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(table.KindTable, t.table)
	r.Register(table.KindTableHeader, t.row)
	r.Register(table.KindTableRow, t.row)
	r.Register(table.KindTableCell, t.cell)
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

func (tables) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return put(w, entering, `<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>`+"\n",
		"</tbody>\n</table></div>\n")
}

func (tables) row(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n.Kind() == table.KindTableHeader {
		return put(w, entering, "<thead><tr>", "</tr></thead>\n<tbody>\n")
	}
	return put(w, entering, "<tr>", "</tr>\n")
}

func (tables) cell(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
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
