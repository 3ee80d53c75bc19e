package study

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
)

// headlineOutcome is the measure that the headline is about.
func headlineOutcome(j *run.Run) string {
	if id := j.Scenario.Headline.Outcome; id != "" {
		return id
	}
	return "missteps"
}

// inline is JSON on one line.
func inline(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic("results: " + err.Error())
	}
	return data
}

// shownPoints is how many points the screen lists.
const shownPoints = 12

// showSweep prints the headline difference at some points, and where it is least and
// largest. It keeps no more than it shows.
func showSweep(a *cli.App, w *sweeping, wrote runfolder.Outcome, dir string) error {
	id := headlineOutcome(w.run)
	var first []sweepPoint
	var least, most *sweepPoint
	signs := [2]int{}
	err := w.eachPoint(func(p *sweepPoint) error {
		m := p.headline(id)
		if m == nil {
			return fmt.Errorf("no %s at point %d", id, p.Point)
		}
		if len(first) < shownPoints {
			first = append(first, *p)
		}
		if least == nil || m.Difference.Value < least.headline(id).Difference.Value {
			least = p
		}
		if most == nil || m.Difference.Value > most.headline(id).Difference.Value {
			most = p
		}
		if d := m.Difference; d.Value-d.MC > 0 {
			signs[1]++
		} else if d.Value+d.MC < 0 {
			signs[0]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	m := outcome.All[outcome.Index(id)]
	h := w.run.Scenario.Headline
	lines := say.Wrapped("", "", w.run.Scenario.Title)
	lines = append(lines, say.Wrapped(" ", " ", fmt.Sprintf("%s, %s against %s, %s, at %s", m.Words.Name, h.Treatment,
		h.Baseline, m.Unit, say.Counted(w.design.Points(), "point")))...)
	put := func(label string, p *sweepPoint) {
		d := p.headline(id).Difference
		digits := say.Decimals(d.MC)
		lines = append(lines, say.Wrapped("   "+say.PadRight(label, 10), strings.Repeat(" ", 13),
			fmt.Sprintf("%s ± %s  at %s", say.Signed(d.Value, digits), say.Number(d.MC, digits), w.place(p.Values)))...)
	}
	lines = append(lines, "")
	if w.design.Points() <= shownPoints {
		for i := range first {
			put("", &first[i])
		}
		lines = append(lines, "")
	}
	put("lowest", least)
	put("highest", most)
	lines = append(lines, fmt.Sprintf(" below zero at %s, above at %s, within the Monte Carlo error of zero at %s",
		say.Counted(signs[0], "point"), say.Thousands(signs[1]), say.Thousands(w.design.Points()-signs[0]-signs[1])))
	lines = append(lines, run.WroteWork(wrote, dir, w.work.Files, time.Since(w.began))...)
	_, err = a.Out.Write([]byte(strings.Join(lines, "\n") + "\n"))
	return err
}
