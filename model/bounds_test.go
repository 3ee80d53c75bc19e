package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// plainKeys are the numbers of the format that cannot be uncertain and on which a run depends.
var plainKeys = []struct {
	path   string
	domain param.Domain
}{
	{"horizon", param.Span}, {"headline.horizon", param.Span}, {"assumptions.model.quiet", param.Span},
	{"assumptions.model.backlog", param.SpanOrZero}, {"assumptions.model.max_events", param.Moves},
	{"assumptions.model.stakes_rung", param.Moves}, {"assumptions.model.waits_from", param.Moves},
	{"assumptions.model.record", param.Moves},
}

// extremes are values of a domain that somebody may write: next to its ends, at the ends of what a computer
// holds, and ranges between such.
func extremes(d param.Domain) []string {
	unit := ""
	if d.Duration {
		unit = "d"
	}
	points := []float64{0, 1e-300, 1e-6, 1, 64, 1e3, 1e6, 1e12, 1e300, 1.7e308}
	for _, x := range []float64{d.Lo, d.Hi} {
		points = append(points, x, math.Nextafter(x, 0), math.Nextafter(x, 1))
	}
	if d.Lo < 0 {
		points = append(points, -1e-300, -1e6, -1.7e308)
	}
	var out []string
	for _, x := range points {
		if d.Contains(x) {
			out = append(out, param.FormatNumber(x, false)+unit)
		}
	}
	if d.Duration {
		out = append(out, "1e300y", "1000y", "100y", "1y to 100y", "1y to 999y")
	}
	for _, r := range [][2]string{{"1e-300", "1e300"}, {"1e-9", "1e9"}, {"1e-3", "0.999"}, {"1", "9000"}} {
		out = append(out, r[0]+unit+" to "+r[1]+unit)
	}
	return append(out, "uniform(0"+unit+", 1e9"+unit+")", "uniform(1"+unit+", 1e300"+unit+")", "1e-400"+unit,
		"0.0001"+unit,
		"lognormal(1"+unit+", 5)", "lognormal(1"+unit+", 700)", "normal(1"+unit+", 1e308"+unit+")", "1e308"+unit,
		"1e309"+unit)
}

// TestEveryNumberEnds: whatever is written of whatever number, it is refused with its place and a reason, or
// the run ends: with numbers, or since its count of work is full, with the number to change. Catches a loop
// that counts nothing, a clock that stands, a sum that is none.
func TestEveryNumberEnds(t *testing.T) {
	full, err := os.ReadFile("scenario/testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := scenario.Load("full", full, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := counted{t: t}
	for _, p := range param.All() {
		c.hold("tiny", small.YAML, p.Name, p.Domain)
	}
	for _, s := range v.Slots {
		if s.Origin == scenario.FromScenario {
			c.hold("full", full, s.Path, s.Domain)
		}
	}
	for _, k := range plainKeys {
		c.hold("full", full, k.path, k.domain)
	}
	if c.refused == 0 || c.ended == 0 || c.stopped == 0 {
		t.Errorf("%d refused, %d ended, %d stopped: one kind is missing", c.refused, c.ended, c.stopped)
	}
}

// counted is what became of the values.
type counted struct {
	t                       *testing.T
	numbers                 int
	refused, ended, stopped int
}

// hold writes all extremes at one place of a scenario.
func (c *counted) hold(name string, text []byte, path string, d param.Domain) {
	if c.numbers++; c.numbers%stride != 0 {
		return
	}
	for _, value := range extremes(d) {
		at := path + "=" + value
		m, err := model.Load(name, text, model.Options{Draws: 2, Replicates: 1, Alone: true, Prior: true, Workers: 1,
			Layers: []scenario.Layer{model.Set("assumptions.model.max_events", "2000"), model.Set(path, value)}})
		var problems scenario.Problems
		if errors.As(err, &problems) {
			c.refused++
			for _, p := range problems {
				if p.Path == "" || p.File == "" || p.What == "" {
					c.t.Errorf("%s: a problem without its place: %v", at, err)
				}
			}
			continue
		}
		if err != nil {
			c.t.Errorf("%s: %v", at, err)
			continue
		}
		c.played(at, m)
	}
}

func (c *counted) played(at string, m *model.Model) {
	r, err := m.Run(context.Background())
	var over *sim.OverflowError
	if errors.As(err, &over) {
		if c.stopped++; over.Mostly == "" || !strings.Contains(over.Remedy, "er ") &&
			!strings.Contains(over.Remedy, "raise ") {
			c.t.Errorf("%s: %v", at, err)
		}
		return
	}
	if err == nil {
		c.ended++
		_, err = json.Marshal(r.Summary)
	}
	if err != nil {
		c.t.Errorf("%s: %v", at, err)
	}
}
