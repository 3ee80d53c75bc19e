package handover

import (
	"fmt"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/narrative"
)

// histories shows a typical future and the worst one of some.
func (w *pageWriter) histories() (report.Section, error) {
	s := report.Section{ID: "histories", Title: "Two invented futures"}
	if w.typical == nil {
		return w.storedOnly(s)
	}
	s.Blocks = append(s.Blocks,
		report.Paragraph{Text: report.T(
			fmt.Sprintf("Chosen by a rule among %s of this run (the first of each set of assumptions, then the second, and "+
				"so on). "+
				"Two examples out of many: they show what a future is made of, and nothing about how often. Lanes end with the "+
				"window; a case open then is followed to its end in the text and in the counts.",
				say.Counted(w.sampled, "future")))})
	for _, one := range []struct {
		f               *chosenFuture
		id, title, rule string
	}{
		{w.typical, "typical", "A typical future",
			"An invented example. Typical: of those, its numbers of public cases and of missteps, in both versions, lie " +
				"nearest the medians."},
		{w.worst, "worst", "The worst of them",
			"An invented example. Worst: of those, it has the hardest step; among equals, the most missteps."},
	} {
		blocks, err := w.future(one.f, one.id, one.title, one.rule)
		if err != nil {
			return s, err
		}
		s.Blocks = append(s.Blocks, blocks...)
	}
	return s, nil
}

// storedOnly shows the history that the run left, where no future can be played
// once more.
func (w *pageWriter) storedOnly(s report.Section) (report.Section, error) {
	if w.stored == nil {
		return report.Section{}, nil
	}
	f, err := w.pictured("history", "One future, played twice", report.T("The first future in which the versions differ."))
	if err != nil {
		return s, err
	}
	s.Title = "One invented future"
	s.Blocks = []report.Block{report.Note{Text: report.T("A typical and a worst future are not shown: " + w.obstacle +
		".")}, f}
	return s, nil
}

// future shows one future as swim lanes, with its story step by step.
func (w *pageWriter) future(f *chosenFuture, id, title, rule string) ([]report.Block, error) {
	o := figure.Options{Formats: []string{"svg"}}
	files, err := figure.One("history", w.Summary, f.history, o)
	if err != nil {
		return nil, err
	}
	alt, err := figure.Alt("history", w.Summary, f.history)
	if err != nil {
		return nil, err
	}
	pic := report.Figure{ID: "figure-" + id, Title: title, Alt: alt,
		Caption: report.T(rule + " A lane is what one state does, what it believes, or a channel; time runs to the right."),
		Source: report.Source{Name: id + ".csv",
			Made: report.T(fmt.Sprintf("Draw %d, replicate %d of the run, played once more. ", f.cell.Draw, f.cell.Replicate),
				report.Mono(fmt.Sprintf("misstep explain %s --draw %d --replicate %d", w.Manifest.Folder(), f.cell.Draw,
					f.cell.Replicate)), " tells all of it.")}}
	for _, file := range files {
		switch file.Name {
		case "history.svg":
			pic.Picture = file.Data
		case "history.csv":
			pic.Source.CSV = file.Data
		}
	}
	return []report.Block{pic, report.Details{Title: title + ", told step by step", Blocks: storyBlocks(f.story)}}, nil
}

// mostCases is how many cases of a future are told.
const mostCases = 6

// storyBlocks tell the public cases of a future, those with a misstep first.
func storyBlocks(s *narrative.Story) []report.Block {
	var out []report.Block
	for i := range s.Arms {
		a := &s.Arms[i]
		out = append(out, report.Paragraph{Text: report.T(fmt.Sprintf("%s: %s discovered; %s made public, %s with a misstep.",
			say.Capital(reportArm(a.Name)),
			say.Counted(a.Discovered, "case"), say.OrNone(a.Public), say.OrNone(a.Missteps)))})
	}
	var told []*narrative.Case
	left := 0
	for _, misstep := range []bool{true, false} {
		for i := range s.Cases {
			c := &s.Cases[i]
			if c.Misstep != misstep || !c.Public && !c.Misstep {
				continue
			}
			if len(told) == mostCases {
				left++
				continue
			}
			told = append(told, c)
		}
	}
	for _, c := range told {
		out = append(out, caseBlocks(s, c)...)
	}
	switch {
	case left > 0:
		out = append(out, report.Paragraph{Text: report.T(say.Counted(left, "further public case is",
			"further public cases are") + " not told here.")})
	case len(told) == 0:
		out = append(out, report.Paragraph{Text: report.T("No step becomes public in it.")})
	}
	return out
}

// caseBlocks tell one case: what both versions share, then what each has of its own.
func caseBlocks(s *narrative.Story, c *narrative.Case) []report.Block {
	title := fmt.Sprintf("Case %d", c.Number)
	if c.Name != "" {
		title += ", " + c.Name
	}
	out := []report.Block{report.Heading{Title: title},
		report.Paragraph{Text: report.T("What really happened: ", s.Truth(c))}}
	shared, own := s.Parts(c)
	add := func(head string, lines []narrative.Line) {
		if head != "" {
			out = append(out, report.Paragraph{Text: report.T(report.Bold(head))})
		}
		var l report.List
		for _, e := range lines {
			l.Items = append(l.Items, lineText(e))
		}
		if len(l.Items) > 0 {
			out = append(out, l)
		}
	}
	add("", shared)
	for a, lines := range own {
		switch {
		case len(lines) > 0 && len(own) > 1:
			add(say.Capital(reportArm(s.Arms[a].Name)), lines)
		case len(lines) > 0:
			add("", lines)
		case c.Tracks[a] == nil:
			out = append(out, report.Paragraph{Text: report.T(say.Capital(reportArm(s.Arms[a].Name)) +
				", the incident is not discovered.")})
		}
	}
	return out
}

// lineText is an event with what lies behind it.
func lineText(e narrative.Line) report.Text {
	t := report.T()
	if e.Date != "" {
		t = report.T(report.Bold(e.Date), " ")
	}
	t = append(t, report.T(e.Text)...)
	for _, n := range e.Notes {
		t = append(t, report.T(" "+strings.Replace(n, "MISSTEP:", "Misstep:", 1))...)
	}
	return t
}
