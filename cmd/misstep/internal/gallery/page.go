package gallery

import (
	"embed"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// galleryKinds are the kinds of figures in the order of the page, with their titles and
// how to read them.
var galleryKinds = []struct{ kind, title, says string }{
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

func (p *galleryPicture) file() string {
	if p.scenario == "" {
		return p.kind + ".png"
	}
	return p.scenario + "-" + p.kind + ".png"
}

//go:embed gallery.md.tmpl
var pageFile embed.FS

var pageTemplates = markdown.Templates(pageFile, "gallery.md.tmpl")

// shownSection is a part of the page with its pictures.
type shownSection struct {
	Title    string
	Pictures []shownPicture
}

type shownPicture struct {
	Title, Alt, Says string
	File             string
	Made             markdown.Code
}

// files are the pictures and the page.
func (g *painter) files() ([]runfolder.File, error) {
	var page []shownSection
	var files []runfolder.File
	for _, s := range g.sections() {
		section := shownSection{Title: s.title}
		for _, k := range galleryKinds {
			for i := range g.pictures {
				p := &g.pictures[i]
				if p.scenario != s.scenario && p.scenario != s.also || p.kind != k.kind {
					continue
				}
				section.Pictures = append(section.Pictures,
					shownPicture{k.title, p.alt, k.says, p.file(), markdown.Code(p.made)})
				files = append(files, runfolder.NewFile(p.file(), p.data, true))
			}
		}
		page = append(page, section)
	}
	if len(files) != len(g.pictures) {
		return nil, fmt.Errorf("gallery: %d of %d pictures have a place on the page", len(files), len(g.pictures))
	}
	text, err := markdown.Write(pageTemplates, "gallery.md.tmpl", page)
	return append(files, runfolder.NewFile("README.md", []byte(text+"\n"), true)), err
}

// gallerySection is a part of the page.
type gallerySection struct{ scenario, also, title string }

// sections has the main scenario with what is about the record, then the others.
func (g *painter) sections() []gallerySection {
	var out []gallerySection
	seen := map[string]bool{"": true}
	for i := range g.pictures {
		p := &g.pictures[i]
		if seen[p.scenario] {
			continue
		}
		seen[p.scenario] = true
		out = append(out, gallerySection{scenario: p.scenario, also: p.scenario, title: p.title})
	}
	if len(out) > 0 {
		out[0].also = "" // what is about the record
	}
	return out
}
