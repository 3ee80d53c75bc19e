package levers

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/study/decision"
)

var weights = []decision.Weight{{Outcome: "missteps", Weight: 1}, {Outcome: "forgone", Weight: 0}}

func quiet(int, int) {}

func keep(Stage) error { return nil }

// search looks through the designs of a text and confirms the best.
func search(t *testing.T, text string, designs int) ([]Stage, *Winner) {
	t.Helper()
	v := load(t, text)
	s := spaceOf(t, v)
	p := experiment.Plan{Scenario: v, Generator: random.Mix, Seed: 3, Draws: 24}
	o := Options{designs, weights}
	stages, err := s.Search(context.Background(), p, o, s.Designs(o.Designs, p.Source()), nil, 2, quiet, keep)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Confirm(context.Background(), p, o, s.Designs(o.Designs, p.Source()), stages, 2, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return stages, w
}

// TestSearchIsTheSame: stages that were kept, an interruption and the number of workers change nothing.
func TestSearchIsTheSame(t *testing.T) {
	v := load(t, world)
	s := spaceOf(t, v)
	p := experiment.Plan{Scenario: v, Generator: random.Mix, Seed: 3, Draws: 24}
	o := Options{12, weights}
	want, err := s.Search(context.Background(), p, o, s.Designs(o.Designs, p.Source()), nil, 1, quiet, keep)
	if err != nil || len(want) != 4 {
		t.Fatalf("%d stages, %v", len(want), err)
	}
	stop := errors.New("stop")
	var have []Stage
	_, err = s.Search(context.Background(), p, o, s.Designs(o.Designs, p.Source()), nil, 3, quiet, func(g Stage) error {
		if have = append(have, g); len(have) == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	got, err := s.Search(context.Background(), p, o, s.Designs(o.Designs, p.Source()), have, 2, quiet, keep)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v, want %v", err, got, want)
	}
	for n, g := range want {
		if g.Futures != p.Draws*replicates<<n || len(g.Standing) != []int{12, 6, 3, 2}[n] {
			t.Errorf("stage %d has %d designs on %d futures", n, len(g.Standing), g.Futures)
		}
	}
}

// TestSearchFindsWhatHelps: where one lever lets every act wait for better evidence, the winner has it, and what is
// said of it is what a run of its arm says. Catches a sign, and a baseline that is another arm.
func TestSearchFindsWhatHelps(t *testing.T) {
	text := strings.Replace(world, "C, Republic of", "Cland", 1)
	_, w := search(t, text, 32)
	if !strings.Contains(w.Words, "line beside it") || !w.Net.Sign() || w.Net.Value <= 0 {
		t.Fatalf("%s: %+v", w.Words, w.Net)
	}
	var set []string
	for _, c := range w.Changes {
		set = append(set, c.Path+": "+c.Value)
	}
	text = strings.NewReplacer("with: {}}", "with: {}, tried: {"+strings.Join(set, ", ")+"}}",
		"baseline: without, treatment: with", "baseline: with, treatment: tried").Replace(text)
	sums, err := experiment.Run(context.Background(), experiment.Plan{Scenario: load(t, text), Generator: random.Mix,
		Seed: w.Seed, Draws: w.Draws, Replicates: w.Replicates}, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	sample := decision.SampleOf(draws.Of(sums), weights[:1], "forgone")
	if value, half := sample.Benefit(0, 0); value != w.Net.Value || half != w.Net.Half {
		t.Errorf("%v ±%v, a run of the arm says %v ±%v", w.Net.Value, w.Net.Half, value, half)
	}
	if at := slices.IndexFunc(w.Outcomes, func(x Price) bool { return x.Outcome == "missteps" }); at < 0 ||
		math.Abs(w.Outcomes[at].Design-w.Outcomes[at].Stands-w.Outcomes[at].Change) > 1e-9 {
		t.Errorf("%+v", w.Outcomes)
	}
}

// TestNothingHelps: where no mechanism has any strength, what stands is kept, and nothing is confirmed.
func TestNothingHelps(t *testing.T) {
	text := strings.Replace(world, "clarify: 0.5, delay: 1, fragility: 0.5", "clarify: 0, delay: 0, private_option: 0, "+
		"commitments: 0, notification: 0, trust: 0, red_lines: 0, fragility: 0, leaks: 0, moral_hazard: 0", 1)
	stages, w := search(t, text, 8)
	if last := stages[len(stages)-1].Standing[0]; last.Design != 0 || len(w.Changes) != 0 || w.Words != "as it stands" {
		t.Errorf("%+v, %+v", last, w)
	}
}

// TestWhatIsWeighedCounts: an outcome counts that no run keeps draw by draw. Catches a weight that reaches nothing.
func TestWhatIsWeighedCounts(t *testing.T) {
	v := load(t, world)
	s := spaceOf(t, v)
	p := experiment.Plan{Scenario: v, Generator: random.Mix, Seed: 3, Draws: 24}
	designs := s.Designs(8, p.Source())
	var nets [2][]Standing
	for i, w := range []float64{0, 5} {
		o := Options{8, []decision.Weight{{Outcome: "missteps", Weight: 1}, {Outcome: "missteps_only", Weight: w}}}
		stages, err := s.Search(context.Background(), p, o, designs, nil, 2, quiet, keep)
		if err != nil {
			t.Fatal(err)
		}
		nets[i] = stages[0].Standing
	}
	if reflect.DeepEqual(nets[0], nets[1]) {
		t.Errorf("five times a misstep of its own changes nothing: %v", nets[0])
	}
}

// TestOptionsAreChecked catches a search among one design, a weight that nothing is held against, and none at all.
func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{{1, weights}, {MaxDesigns + 1, weights}, {8, weights[:1]},
		{8, []decision.Weight{{Outcome: "missteps"}, {Outcome: "missed"}}}} {
		s := spaceOf(t, load(t, world))
		if _, err := s.Search(context.Background(), experiment.Plan{}, o, nil, nil, 1, quiet, keep); err == nil {
			t.Errorf("%+v", o)
		}
	}
}

// TestAffordable: a plan of few events begins with 64 designs; one of many begins with the most that stay within the
// bound.
func TestAffordable(t *testing.T) {
	v := load(t, world)
	p := experiment.Plan{Scenario: v, Generator: random.Mix, Seed: 3, Draws: 24}
	if n, err := Affordable(context.Background(), p, 2); n != manyDesigns || err != nil {
		t.Errorf("%d, %v, want %d", n, err, manyDesigns)
	}
	p.Draws = 20_000
	n, err := Affordable(context.Background(), p, 1)
	if err != nil || n <= 2 || n >= manyDesigns {
		t.Fatalf("%d designs, %v", n, err)
	}
	trial := p.PairOnly()
	trial.Draws, trial.Replicates = 32, 1
	sums, err := experiment.Run(context.Background(), trial, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := sums.Arms[1].Total()
	each := a.Count("events") / a.N
	if a, b := float64(Futures(&p, n))*each, float64(Futures(&p, n+1))*each; a > manyEvents || b <= manyEvents {
		t.Errorf("%d designs have %.3g events, one more %.3g", n, a, b)
	}
}
