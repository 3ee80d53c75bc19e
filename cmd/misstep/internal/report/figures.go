package report

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"html"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/story"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/record/table"
)

// Figure is a picture with its numbers and how it is made.
type Figure struct {
	ID         string
	Alt        markdown.Text // what stands for it where it cannot be seen
	File, Save markdown.Text // addresses of the picture and of all numbers; empty for none
	Narrow     markdown.Text // of the picture as a telephone shows it; empty for none
	Web        bool          // which are part of the page
	Height     int           // of the picture where it is 768 wide [px]
	Name       markdown.Text // of the file of numbers
	Made       markdown.Code // the command that makes it
	Stored     bool          // it is made from the stored results alone
	Numbers    *Table        // those that are shown; nil for none
	More       int           // rows that are not

	alt          string
	picture, csv []byte
}

// How many rows of a figure's numbers stand in the page, as HTML and as Markdown; the file
// holds all.
const (
	mostRows     = 80
	mostMarkdown = 30
)

// telephone is the width of a picture there [in].
const telephone = 8 / 2.54

// figures draws the pictures of the page.
func (w *writer) figures() error {
	w.Figures = map[string]*Figure{}
	for _, name := range figure.Names() {
		f := &Figure{ID: name, Made: "misstep figures", Stored: true,
			File: w.fileOf(name, ".svg", ".png"), Save: w.fileOf(name, ".csv")}
		if err := w.draw(f, name, w.stored); err != nil {
			return err
		}
	}
	for name, a := range w.further {
		f := a.Figure
		if a.picture != nil {
			f.File = markdown.Destination(path.Join(w.beside, a.file))
		}
		w.add(name, &f)
	}
	if w.Comparison != nil {
		w.Missing = w.missing()
	}
	w.Sampled = say.Counted(w.sampled, "future")
	for i, s := range w.chosen {
		f := &Figure{ID: []string{"typical", "worst"}[i],
			Made: markdown.Code(fmt.Sprintf("misstep explain %s --draw %d --replicate %d", w.Folder, s.Draw, s.Replicate))}
		if err := w.draw(f, "history", run.Pictured(s)); err != nil {
			return err
		}
		told := told(s)
		told.Typical, told.Figure = i == 0, f
		w.Histories = append(w.Histories, told)
	}
	return nil
}

// draw draws a figure and puts it on the page.
func (w *writer) draw(f *Figure, name string, h *figure.History) error {
	drawn, err := figure.One(name, w.Summary, h)
	if err != nil {
		return err
	}
	files, err := drawn.Draw(figure.Options{Formats: []string{"svg"}})
	if err != nil {
		return err
	}
	for _, file := range files {
		switch file.Name {
		case name + ".svg":
			f.picture = file.Data
		case name + ".csv":
			f.csv, f.Name = file.Data, markdown.Text(f.ID+".csv")
		}
	}
	f.alt = drawn.Alt
	if w.web && f.picture != nil {
		files, err := drawn.Draw(figure.Options{Formats: []string{"svg"}, Width: telephone})
		if err != nil {
			return err
		}
		for _, file := range files {
			if file.Name == name+".svg" {
				f.Narrow = embedded("image/svg+xml", file.Data)
			}
		}
	}
	w.add(f.ID, f)
	return nil
}

// add puts a figure on the page with its numbers.
func (w *writer) add(id string, f *Figure) {
	most := mostMarkdown
	f.Alt, f.Web = markdown.Escape(f.alt), w.web
	if f.Web {
		most = mostRows
		if f.File = ""; f.picture != nil {
			kind := "image/svg+xml"
			if bytes.HasPrefix(f.picture, []byte("\x89PNG")) {
				kind = "image/png"
			}
			f.Alt, f.File, f.Height = inTag(f.alt), embedded(kind, f.picture), readSVG(f.picture).height()
		}
		f.Save = embedded("text/csv;charset=utf-8", f.csv)
	}
	f.Numbers, f.More = shown(f.csv, most)
	w.Figures[id] = f
}

// inTag writes a text as the value of an attribute, in one line.
func inTag(s string) markdown.Text {
	return markdown.Text(html.EscapeString(strings.NewReplacer("\n", " ", "\r", " ").Replace(s)))
}

// embedded is data as an address that needs no network.
func embedded(kind string, data []byte) markdown.Text {
	return markdown.Text("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data))
}

// fileOf is the first file of a figure in the folder of the run that ends so, "" where
// there is none.
func (w *writer) fileOf(name string, endings ...string) markdown.Text {
	for _, ext := range endings {
		for _, f := range w.Manifest.Files {
			if f.Name == name+ext {
				return markdown.Destination(path.Join(w.beside, f.Name))
			}
		}
	}
	return ""
}

// shown is the table of a file of numbers, and how many rows it leaves out; nil for what
// is no table. Rows about what has no precedent are left to the file: their numbers are
// the tail of a formula.
func shown(data []byte, most int) (*Table, int) {
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(all) == 0 {
		return nil, 0
	}
	t := &Table{}
	for i, name := range all[0] {
		t.Head = append(t.Head, Column{strings.ReplaceAll(name, "_", " "), numeric(all[1:], i)})
	}
	for _, row := range all[1:] {
		if len(t.Rows) == most || row[0] == "R8" || row[0] == "R9" || slices.Contains(row, "reach_r8") {
			continue
		}
		cells := make([]any, len(row))
		for i, s := range row {
			if cells[i] = table.Plain(s); t.Head[i].Numeric {
				cells[i] = shorter(s)
			}
		}
		t.add(cells...)
	}
	return t, len(all) - 1 - len(t.Rows)
}

// numeric reports whether a column holds numbers or nothing, and at least one.
func numeric(rows [][]string, i int) bool {
	some := false
	for _, r := range rows {
		if _, err := strconv.ParseFloat(r[i], 64); err != nil && r[i] != "" {
			return false
		}
		some = some || r[i] != ""
	}
	return some
}

// shorter writes a number from a file with three significant digits at most, those before the point in full, and a
// minus sign.
func shorter(s string) string {
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return s
	case math.Abs(x) >= 999.5 && math.Abs(x) < 1e15:
		return say.Minus(strconv.FormatFloat(x, 'f', 0, 64))
	}
	return say.Minus(strconv.FormatFloat(x, 'g', 3, 64))
}

// missing are the commands whose results the run has not; breakeven needs a number to move.
func (w *writer) missing() markdown.Text {
	vary := map[string]string{"breakeven": " --vary strength.clarify"}
	var lines []string
	for _, name := range furtherCommands {
		if w.further[name] == nil {
			lines = append(lines, "misstep "+name+" "+quoted(w.Folder)+vary[name])
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return markdown.Fenced(strings.Join(lines, "\n"))
}

// Future is one future that is told.
type Future struct {
	Typical  bool // else the worst
	Figure   *Figure
	Versions []Told
	Cases    []Case
	Left     string // cases that are not told; empty for none
}

// Told is what a future brings in one version.
type Told struct{ Name, Discovered, Public, Missteps string }

// Case is one case of a future: what all versions share, then what each has of its own.
type Case struct {
	*narrative.Case
	Truth string
	Parts []Part
}

// Part is what happens in one version, or in all of them.
type Part struct {
	Version string // empty for all
	Lines   []story.Line
	Unfound bool // the incident is not discovered
}

// mostCases is how many cases of a future are told.
const mostCases = 6

// told tells the public cases of a future, those with a misstep first.
func told(s *narrative.Story) *Future {
	f := &Future{}
	for i := range s.Arms {
		a := &s.Arms[i]
		f.Versions = append(f.Versions, Told{say.Capital(version(a.Name)), say.Counted(a.Discovered, "case"),
			say.OrNone(a.Public), say.OrNone(a.Missteps)})
	}
	left := 0
	for _, misstep := range []bool{true, false} {
		for i := range s.Cases {
			switch c := &s.Cases[i]; {
			case c.Misstep != misstep || !c.Public && !c.Misstep:
			case len(f.Cases) == mostCases:
				left++
			default:
				f.Cases = append(f.Cases, oneCase(s, c))
			}
		}
	}
	if left > 0 {
		f.Left = say.Counted(left, "further public case")
	}
	return f
}

func oneCase(s *narrative.Story, c *narrative.Case) Case {
	shared, own := story.Parts(s, c)
	out := Case{Case: c, Truth: story.Truth(s, c), Parts: []Part{{Lines: shared}}}
	for i, lines := range own {
		part := Part{Lines: lines, Unfound: c.Tracks[i] == nil}
		if len(own) > 1 {
			part.Version = say.Capital(version(s.Arms[i].Name))
		}
		if len(lines) > 0 || part.Unfound {
			out.Parts = append(out.Parts, part)
		}
	}
	return out
}
