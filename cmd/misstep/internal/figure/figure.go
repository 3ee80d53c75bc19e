package figure

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/summary"
)

// Options say how figures are made. The zero value is the standard: 8 inches wide, 200 dots
// per inch, SVG, PNG and PDF.
type Options struct {
	Width   float64  // [in]; letters are as large on a page of 8 to 12 cm, and grow with a wider one
	DPI     int      // of the PNG
	Formats []string // among "svg", "png", "pdf"
	Small   bool     // the PNG has 256 colours at most, for a page of many pictures
	Bare    bool     // without title, subtitle and source line, for a paper that says these itself
	Grey    bool     // in shades of grey
	Serif   bool     // text has serifs
	Font    *Font    // for letters that the shipped fonts lack; nil for none
	Lost    *Lost    // told what PNG and PDF write otherwise, since no font has it; nil for nobody
	Panel   string   // the name or the number of the one panel to draw, from 1 on; all where empty
}

// Font is a typeface beside the shipped ones.
type Font = surface.More

// Lost is what is written in other letters than its own.
type Lost = surface.Lost

// ParseFont reads a TrueType or OpenType font, or the first of a collection.
func ParseFont(data []byte) (*Font, error) { return surface.ParseFont(data) }

// standardWidth is that of a figure [in].
const standardWidth = 8

// File is a file to be written.
type File struct {
	Name string // "escalation.svg", "escalation.csv"
	Data []byte
}

// Figure is a figure that can be drawn.
type Figure struct {
	Alt  string                        // stands for it where it cannot be seen
	Draw func(Options) ([]File, error) // in the formats that are asked for, and the CSV of its numbers
}

// picture is a figure with its numbers in hand.
type picture struct {
	words
	numbers table        // those that are drawn, where no other file has them
	note    string       // why there is nothing to draw
	rows    *chart.Table // what is drawn, or
	draw    func(p *chart.Page, area chart.Rect)
	height  float64   // that draw wants [pt]; 228 at least
	key     chart.Key // below
	panels  []panel   // that can be drawn alone
}

// panel is a part of a figure that can be drawn alone.
type panel struct {
	name   string
	height float64 // that it wants [pt]
	draw   func(p *chart.Page, area chart.Rect)
}

// panelOfTable is a table that can be drawn alone.
func panelOfTable(name string, t *chart.Table) panel {
	return panel{strings.ReplaceAll(strings.Trim(name, "% …?"), " ", "-"), t.Height(), t.Draw}
}

// words are what a figure says outside its panels.
type words struct {
	title    string      // the finding's subject
	alt      string      // one or two sentences for who cannot see the figure
	subtitle []string    // parts, in place of a run's counts
	source   string      // the source line, in place of a run's
	lead     string      // stands above the panels
	exact    bool        // no interval is drawn
	lines    bool        // arms are lines, of which more fit
	arms     []chart.Arm // those that are drawn, where they are not the first ones
}

// nothing is a figure without a number to draw.
func nothing(w words, note string, head ...string) picture {
	w.alt, w.lead = note, ""
	return picture{words: w, note: note, numbers: newTable(strings.Join(head, " "))}
}

// figures lists the figures of a run in the order of a report.
var figures = []struct {
	name  string
	build func(*input) picture
}{
	{"escalation", newEscalation},
	{"effect", newEffect},
	{"futures", newFutures},
	{"peak", newPeak},
	{"beliefs", newBeliefs},
	{"channel", newChannel},
	{"history", newHistory},
}

// Formats are the formats in which a figure can be drawn.
func Formats() []string { return surface.Formats() }

// Names lists the figures of a run in the order of a report.
func Names() []string {
	out := make([]string, len(figures))
	for i, f := range figures {
		out[i] = f.name
	}
	return out
}

// All draws every figure of a run: for each its formats, then the CSV of its numbers. The
// history figure is drawn with a note in its place where h is nil.
func All(s *summary.Summary, h *History, o Options) (files []File, err error) {
	in := newInput(s, h).on(o)
	for _, f := range figures {
		drawn, err := f.build(in).files(f.name, in, o)
		if err != nil {
			return nil, err
		}
		files = append(files, drawn...)
	}
	return files, nil
}

// One is the named figure of a run.
func One(name string, s *summary.Summary, h *History) (Figure, error) {
	c, err := named(name, newInput(s, h))
	return Figure{c.alt, func(o Options) ([]File, error) {
		in := newInput(s, h).on(o)
		c, err := named(name, in)
		if err != nil {
			return nil, err
		}
		return c.files(name, in, o)
	}}, err
}

func named(name string, in *input) (picture, error) {
	for _, f := range figures {
		if f.name == name {
			return f.build(in), nil
		}
	}
	return picture{}, fmt.Errorf("unknown figure %q; there are %s", name, strings.Join(Names(), ", "))
}

// alone is a figure that is made from no summary.
func (c picture) alone(name string) Figure {
	return Figure{c.alt,
		func(o Options) ([]File, error) { return c.files(name, newInput(&summary.Summary{}, nil).on(o), o) }}
}

// files are the pictures of a figure in the formats that are asked for, and the CSV of its numbers.
func (c picture) files(name string, in *input, o Options) ([]File, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	if c, name, err = c.only(name, o.Panel); err != nil {
		return nil, err
	}
	size := surface.Size{Width: o.Width, DPI: o.DPI, Small: o.Small, Grey: o.Grey, Serif: o.Serif}
	jobs := len(o.Formats) + min(len(c.numbers.head), 1)
	draw := func(_ context.Context, job int) (File, error) {
		if job == len(o.Formats) {
			return File{name + ".csv", c.numbers.csv()}, nil
		}
		in, size := in.in(o.Formats[job]), size
		size.Height = o.Width * c.size(in) / size.Across()
		s := surface.New(o.Formats[job], size)
		c.on(in.page(s, size.Points()), in)
		data, err := s.Finish(c.title, c.alt)
		return File{name + "." + o.Formats[job], data}, err
	}
	var out []File
	err = ordered.Map(context.Background(), jobs, runtime.GOMAXPROCS(0),
		func(int) ordered.Worker[File] { return draw },
		func(_ int, f File) error {
			out = append(out, f)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", name, err)
	}
	return out, nil
}

// size is the height of the page [pt]: 16:9, or as much more as the figure wants.
func (c picture) size(in *input) float64 {
	p := in.page(nil, 1e4)
	area := frameOf(p, in, c.words)
	want := max(c.height, 228)
	if c.rows != nil {
		want = c.rows.Whole(p, area.W).Height()
	}
	return max(p.W*9.0/16, want+c.key.Height(p, area.W)+p.H-area.H-4)
}

// only is the figure of one of its panels, with the name of its files.
func (c picture) only(name, which string) (picture, string, error) {
	if which == "" {
		return c, name, nil
	}
	var names []string
	for i, x := range c.panels {
		if which == x.name || which == fmt.Sprint(i+1) {
			c.draw, c.rows, c.height = x.draw, nil, x.height
			return c, name + "-" + x.name, nil
		}
		names = append(names, fmt.Sprintf("%d %s", i+1, x.name))
	}
	if names == nil {
		return c, "", fmt.Errorf("figure %s has one panel; leave --panel out", name)
	}
	return c, "", fmt.Errorf("figure %s has no panel %q; there are %s", name, which, strings.Join(names, ", "))
}

func (c picture) on(p *chart.Page, in *input) {
	area := frameOf(p, in, c.words)
	if c.note != "" {
		p.Note(area, c.note)
		return
	}
	area = c.key.Bottom(p, area)
	if c.rows != nil {
		c.rows.Whole(p, area.W).Draw(p, area)
		return
	}
	c.draw(p, area)
}

// wordsOf are the words of a figure that is made from no summary: what it rests on, assumptions where that is empty,
// for its source line, and a method that ends its subtitle.
func wordsOf(title string, subtitle []string, rests string, method ...string) words {
	return words{title: title, subtitle: slices.Concat(subtitle, method),
		source: sourceOf(cmp.Or(rests, "rests on assumptions"))}
}

func sourceOf(standing string) string {
	return "Source: misstep, model output, no forecast; " + standing + "."
}

// complete fills in the standard and refuses what cannot be drawn.
func (o Options) complete() (Options, error) {
	o.Width, o.DPI = cmp.Or(o.Width, standardWidth), cmp.Or(o.DPI, 200)
	if len(o.Formats) == 0 {
		o.Formats = Formats()
	}
	if !(o.Width >= 1 && o.Width <= 100) {
		return o, fmt.Errorf("figure width %v in is outside 1 to 100", o.Width)
	}
	if !(o.DPI >= 20 && o.DPI <= 1200) {
		return o, fmt.Errorf("figure resolution %d dpi is outside 20 to 1200", o.DPI)
	}
	for _, f := range o.Formats {
		if !slices.Contains(Formats(), f) {
			return o, fmt.Errorf("unknown figure format %q; there are %s", f, strings.Join(Formats(), ", "))
		}
	}
	return o, nil
}
