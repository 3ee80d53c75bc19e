package figure

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
	"github.com/misstep/misstep/model/summary"
)

// Options say how figures are made. The zero value is the standard: 8 × 4.5 inches,
// 200 dots per inch, SVG, PNG and PDF.
type Options struct {
	Width   float64   // [in]
	Height  float64   // [in]
	DPI     int       // of the PNG
	Formats []string  // among "svg", "png", "pdf"
	Small   bool      // the PNG has 256 colours at most, for a page of many pictures
	Start   time.Time // first day on the axes; the summary's start where it is zero
}

// File is a file to be written.
type File struct {
	Name string // "escalation.svg", "escalation.csv"
	Data []byte
}

// picture is a figure with its numbers in hand.
type picture interface {
	words() words
	table() table
	draw(p *chart.Page, area chart.Rect)
}

// words are what a chart says outside its panels.
type words struct {
	title  string      // the finding's subject
	alt    string      // one or two sentences for who cannot see the figure
	detail []string    // parts of the subtitle in place of the counts
	source string      // the source line in place of a run's
	exact  bool        // no interval is drawn
	lines  bool        // arms are lines, of which more fit
	arms   []chart.Arm // those that are drawn, where they are not the first ones
}

// figures lists the figures in the order of a report.
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

// Names lists the figures in the order of a report.
func Names() []string {
	out := make([]string, len(figures))
	for i, f := range figures {
		out[i] = f.name
	}
	return out
}

// All draws every figure: for each its formats, then the CSV of its numbers. The
// history figure is drawn with a note in its place where h is nil.
func All(s *summary.Summary, h *History, o Options) ([]File, error) {
	return drawAll(s, h, o, Names())
}

// One draws the named figure.
func One(name string, s *summary.Summary, h *History, o Options) ([]File, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("unknown figure %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return drawAll(s, h, o, []string{name})
}

// Alt returns the text that stands for the named figure where it cannot be seen.
func Alt(name string, s *summary.Summary, h *History, o Options) (string, error) {
	for _, f := range figures {
		if f.name == name {
			return f.build(newInput(s, h, o)).words().alt, nil
		}
	}
	return "", fmt.Errorf("unknown figure %q; there are %s", name, strings.Join(Names(), ", "))
}

func drawAll(s *summary.Summary, h *History, o Options, names []string) ([]File, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	in := newInput(s, h, o)
	var jobs []func() (File, error)
	for _, f := range figures {
		if !slices.Contains(names, f.name) {
			continue
		}
		jobs = append(jobs, drawings(in, f.build(in), f.name)...)
	}
	return inParallel(jobs)
}

// drawings are the jobs that make the files of one figure.
func drawings(in *input, c picture, name string) (jobs []func() (File, error)) {
	for _, format := range in.opts.Formats {
		jobs = append(jobs, func() (File, error) { return drawOne(in, c, name, format) })
	}
	return append(jobs, func() (File, error) {
		data, err := c.table().csv()
		return File{name + ".csv", data}, err
	})
}

// tallest is the height that a figure takes by itself, as a share of its width: that
// of a printed page.
const tallest = 1.4

// alone is a picture that is made from no summary, with the height [pt] that it wants.
type alone interface {
	picture
	want() float64
}

// drawAlone draws a figure that is made from no summary. Where no height is asked
// for, it has the height that it wants, from 16:9 to that of a page.
func drawAlone(name string, c alone, o Options) ([]File, error) {
	fitHeight := o.Height == 0
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	if fitHeight {
		o.Height = o.Width * min(max(c.want()/chart.PageWidth, 9.0/16), tallest)
	}
	return inParallel(drawings(newInput(nil, nil, o), c, name))
}

// frameHeight is what title, two lines of subtitle and source take [pt].
const frameHeight = 90

// rowsHeight is that of a figure with so many lines, and ends above and below them [pt].
func rowsHeight(ends float64, lines int, step float64) float64 {
	return math.Ceil(frameHeight + ends + chart.Multiple(lines, step))
}

// orEmpty is what a pointer points at, and an empty one in place of none.
func orEmpty[T any](in *T) *T {
	if in == nil {
		return new(T)
	}
	return in
}

// wordsOf are the words of a figure that is made from no summary; method ends its subtitle.
func wordsOf(title string, subtitle []string, source string, method ...string) words {
	if source == "" {
		source = "Source: misstep, model output, no forecast; rests on assumptions."
	}
	return words{title: title, detail: slices.Concat(subtitle, method), source: source}
}

// inParallel runs the jobs on every processor and keeps their order.
func inParallel(jobs []func() (File, error)) ([]File, error) {
	files, errs := make([]File, len(jobs)), make([]error, len(jobs))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range jobs {
		free <- struct{}{}
		wg.Go(func() {
			files[i], errs[i] = jobs[i]()
			<-free
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", files[i].Name, err)
		}
	}
	return files, nil
}

func drawOne(in *input, c picture, name, format string) (File, error) {
	file := File{Name: name + "." + format}
	o := in.opts
	size := surface.Size{Width: o.Width, Height: o.Height, DPI: o.DPI, Small: o.Small}
	s := surface.New(format, size)
	p := chart.NewPage(s, size.Points())
	w := c.words()
	c.draw(p, frameOf(p, in, w))
	var err error
	file.Data, err = s.Finish(w.title, w.alt)
	return file, err
}

// complete fills in the standard and refuses what cannot be drawn.
func (o Options) complete() (Options, error) {
	if o.Width == 0 {
		o.Width = 8
	}
	if o.Height == 0 {
		o.Height = o.Width * 9 / 16
	}
	if o.DPI == 0 {
		o.DPI = 200
	}
	if len(o.Formats) == 0 {
		o.Formats = Formats()
	}
	if !(o.Width >= 1 && o.Width <= 100) {
		return o, fmt.Errorf("figure width %v in is outside 1 to 100", o.Width)
	}
	if ratio := o.Height / o.Width; !(ratio >= 0.5 && ratio <= 2) {
		return o, fmt.Errorf("figure height %v in is outside half to twice the width of %v in", o.Height, o.Width)
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
