package gallery

import (
	"bytes"
	"cmp"
	_ "embed"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// section is a part of the page: a scenario with its pictures.
type section struct {
	Title    string
	Pictures []picture
}

// picture is one of them; Made is the command that makes it.
type picture struct {
	kind
	Alt, Made, File string
	data            []byte
}

// kind is a kind of figure: its title, and how to read it.
type kind struct{ id, Title, Says string }

// kinds are the kinds of figures in the order of the page, with their titles and
// how to read them.
var kinds = []kind{
	{"escalation", "How likely a public or harder step becomes",
		"Lines: the share of futures in which such a step has happened by a date. The pale band is what the assumptions " +
			"leave open, the dark one what chance in the simulation leaves open."},
	{"effect", "What differs between the versions", "Each line is an outcome: its difference between the versions to " +
		"the left, their ratio to the right. Grey and hollow: no clear difference."},
	{"futures", "Of 100 paired futures", "Every future is played in both versions with the same chance. A square is " +
		"one of a hundred: the misstep happens in neither version, in both, or in one of them."},
	{"peak", "How far cases climb", "The highest rung of each case, on a scale of powers of ten. Above a dashed line " +
		"lie steps that no record has between these states."},
	{"beliefs", "Which false beliefs stand behind missteps", "Missteps by what the state had wrong, how many the same " +
		"evidence would have avoided, and beside them the responses that were missed."},
	{"why", "Which mechanism of the forum does what",
		"The difference split among the mechanisms; the parts add up to it."},
	{"breakeven", "Where the sign would change", "The effect over the strengths of two mechanisms. The cross is what " +
		"is assumed today; a line, where there is one, is where the effect is zero."},
	{"channel", "Whether the forum is there when needed", "Availability of the forum at the moments in which it would " +
		"help, by tension, and how much of the time each channel is up."},
	{"fit", "How the fit meets the record", "Each line is a statistic of the public record with what the model says of " +
		"it before and after the fit."},
	{"learned", "What the record teaches", "Each line is a number of the model: by how much the record narrows what " +
		"was assumed of it. Of the other numbers it says nothing."},
	{"backtest", "Years that a fit had not seen", "Bands: what a fit to the record up to a day said of the years after " +
		"it. Points: what came."},
	{"sensitivity", "Which assumptions matter", "How much of the spread of a result each uncertain number brings, " +
		"alone and together with others."},
	{"history", "One future in full", "One future in both versions: steps, replies, beliefs and the forum's life as " +
		"lanes of a timeline."},
}

//go:embed gallery.md.tmpl
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// painted adds the picture of what a figure is made from to the last section. What is
// about the record has no scenario.
func painted[T any](g *painter, id, scenario, made string, in T, err error, alt func(T) (string, error),
	draw func(T, figure.Options) ([]figure.File, error)) error {
	if err != nil {
		return err
	}
	text, err := alt(in)
	if err != nil {
		return err
	}
	files, err := draw(in, galleryPlot)
	if err != nil {
		return err
	}
	k := kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.id == id })]
	p := picture{kind: k, Alt: escaped(text), Made: made, File: strings.TrimPrefix(scenario+"-"+id+".png", "-")}
	for _, f := range files {
		if filepath.Ext(f.Name) == ".png" {
			p.data = f.Data
		}
	}
	last := &g.sections[len(g.sections)-1]
	last.Pictures = append(last.Pictures, p)
	return nil
}

// escaped keeps a text from being markup.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`,
		"&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// files are the pictures, in the order of their kinds, and the page.
func (g *painter) files() []runfolder.File {
	var out []runfolder.File
	place := func(p picture) int { return slices.Index(kinds, p.kind) }
	for _, s := range g.sections {
		slices.SortStableFunc(s.Pictures, func(a, b picture) int { return cmp.Compare(place(a), place(b)) })
		for _, p := range s.Pictures {
			out = append(out, runfolder.NewFile(p.File, p.data, true))
		}
	}
	var b bytes.Buffer
	if err := page.Execute(&b, g.sections); err != nil {
		panic(err) // the template is part of the program
	}
	return append(out, runfolder.NewFile("README.md", b.Bytes(), true))
}
