package peers

import (
	"flag"
	"math"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite parameters.txt")

func parameters(t *testing.T) Parameters {
	t.Helper()
	p, err := Parse(Text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func load(t *testing.T, replicates int, seed uint64) (played Tally) {
	t.Helper()
	m, err := Load(replicates, seed)
	if err != nil {
		t.Fatal(err)
	}
	return Play(m)
}

// TestParametersAreTheScenario: what the other programs read is what the scenario says, and nothing in it is left open.
func TestParametersAreTheScenario(t *testing.T) {
	m, err := Load(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if free := m.Scenario.Free(); free != 0 {
		t.Errorf("%d numbers of world.yaml are uncertain", free)
	}
	want := Derive(m).String()
	if *update {
		if err := os.WriteFile("parameters.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		Text = want
	}
	if Text != want {
		t.Error("parameters.txt is out of date: go test ./internal/peers -update")
	}
	if got := parameters(t).String(); got != want {
		t.Errorf("read and written again:\n%s\nwant\n%s", got, want)
	}
}

// sees is how many standard errors a mean may be off: level 1e-6.
const sees = 4.89

// agrees holds the means of a program to the exact ones, within Monte Carlo error and what the enumeration left out.
func agrees(t *testing.T, who string, got Tally, depth int) {
	t.Helper()
	without, with, rest := Exact(parameters(t), depth)
	want := append(values(without), values(with)...)
	for i, name := range []string{"incidents", "steps", "missteps", "replies"} {
		for arm := range 2 {
			at := arm*Outcomes + i
			n := float64(got.N)
			mean := got.Sum[at] / n
			deviation := math.Sqrt(got.Products[at][at]/n - mean*mean)
			if slack := sees*deviation/math.Sqrt(n) + rest*mean; math.Abs(mean-want[at]) > slack || deviation == 0 {
				t.Errorf("%s, arm %d: %.4f %s a replicate, want %.4f ± %.4f", who, arm, mean, name, want[at], slack)
			}
		}
	}
}

func values(m Means) []float64 { return []float64{m.Incidents, m.Steps, m.Missteps, m.Replies} }

// TestEngineMeetsTheEnumeration: in 10,000 replicates a bias of 8 % of the missteps, or of 4 % of the steps, is seen.
func TestEngineMeetsTheEnumeration(t *testing.T) {
	agrees(t, "the engine", load(t, 10000, 1), 8)
}

// TestBadText: a mistake has its line.
func TestBadText(t *testing.T) {
	for text, want := range map[string]string{"rate": "line 1: want a name and its numbers",
		"rate 1\nskill x": "line 2: "} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
