package session

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/draws"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/study/decision"
)

// source is the small scenario, on priors, at a small size.
func source() Source {
	return Source{Format: Format, Name: "tiny", File: "tiny.yaml", Text: string(small.YAML), Prior: true, Generator: "mix",
		Seed: 1, Draws: 24, Replicates: 6, BlockSize: 3}
}

func opening(t *testing.T, s Source) *Session {
	t.Helper()
	out, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// at is the shipped state with further sets.
func at(s *Session, sets ...string) State {
	state := s.Shipped()
	state.Sets = sets
	return state
}

func played(t *testing.T, s *Session, state State, level string, at [][]byte) (*Answer, [][]byte) {
	t.Helper()
	a, pieces, err := s.Play(context.Background(), state, level, at, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a, pieces
}

// TestFineIsTheRun: pieces that were folded are the run of the model without side runs, to the last byte of its
// summary, whatever was moved: numbers, designs, arms, the seed.
func TestFineIsTheRun(t *testing.T) {
	s := opening(t, source())
	with := at(s, "choice.price=0.2", "arms.with.channels.forum.mandate=[clarify, trust]",
		"arms.with.channels.forum.cadence=30d", "choice.price=0.3")
	other := at(s)
	other.Arms, other.Seed = [2]string{"without", "narrow"}, 7
	for name, state := range map[string]State{"as shipped": at(s), "moved": with, "other arms and chance": other} {
		a, _ := played(t, s, state, Fine, nil)
		layers, err := s.layers(state)
		if err != nil {
			t.Fatal(err)
		}
		m, err := model.Load("tiny", small.YAML, model.Options{File: "tiny.yaml", Layers: layers, Prior: true,
			Arms: state.Arms[:], Seed: state.Seed, Draws: 24, Replicates: 6, Alone: true})
		if err != nil {
			t.Fatal(err)
		}
		m.Plan.BlockSize = 3
		r, err := m.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		say.Warn(r.Summary.Warnings)
		if !bytes.Equal(s.Summary(), say.JSON(r.Summary)) {
			t.Errorf("%s: the summary has other bytes", name)
		}
		if row := a.Rows[0]; row.Baseline.Value != r.Summary.Headline.Baseline.Value || row.Difference == nil {
			t.Errorf("%s: the first row is %+v", name, row)
		}
	}
}

// TestDraft: as shipped it is the stored answer, and elsewhere moves towards the fine one, without a difference.
func TestDraft(t *testing.T) {
	src := source()
	first := opening(t, src)
	fine, _ := played(t, first, at(first), Fine, nil)
	stored := *fine
	stored.Level = Stored
	src.Stored = &stored
	s := opening(t, src)
	_, here := played(t, s, at(s), Draft, nil)
	same, again := played(t, s, at(s), Draft, here)
	moved := at(s, "choice.price=1")
	draft, there := played(t, s, moved, Draft, here)
	for i, r := range same.Rows {
		if was := &stored.Rows[i]; r.ID != was.ID || math.Abs(r.Baseline.Value-was.Baseline.Value) > 1e-12 ||
			r.Baseline.Text != was.Baseline.Text {
			t.Errorf("as shipped: %+v, stored %+v", r, *was)
		}
		if draft.Rows[i].Difference != nil || draft.Rows[i].Baseline.Half == nil {
			t.Errorf("a draft knows %+v", draft.Rows[i])
		}
	}
	if draft.Futures != nil || draft.Decision != nil || draft.Verdict != "" || draft.Curves[0].Difference != nil {
		t.Error("a draft tells what it does not know")
	}
	if a, b, c := Check(here), Check(again), Check(there); a != b || a == c {
		t.Errorf("checks %q, %q, %q", a, b, c)
	}
	truth, _ := played(t, s, moved, Fine, nil)
	gap := func(a *Answer) float64 { return math.Abs(a.Rows[0].Baseline.Value - truth.Rows[0].Baseline.Value) }
	if gap(draft) >= gap(fine) {
		t.Errorf("the draft %v is no nearer to %v than the stored %v", draft.Rows[0].Baseline.Value,
			truth.Rows[0].Baseline.Value, fine.Rows[0].Baseline.Value)
	}
}

// TestFutures: a hundred, as many of each class as of a hundred, each of its class when it is played again.
func TestFutures(t *testing.T) {
	s := opening(t, source())
	a, _ := played(t, s, at(s), Fine, nil)
	counts := map[string]int{}
	for _, f := range a.Futures {
		counts[f.Class]++
	}
	of := s.last.summary.Contrasts[0].Futures.Public
	if len(a.Futures) != 100 || math.Abs(float64(counts[Both])-100*of.Both) > 1 {
		t.Errorf("%d futures, %v, of %+v", len(a.Futures), counts, of)
	}
	erred := func(f Future) (arms [2]bool) {
		told, err := s.Story(at(s), f.Draw, f.Replicate)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range told.Cases {
			for arm := range c.Own {
				for _, l := range append(c.Shared, c.Own[arm]...) {
					arms[arm] = arms[arm] || c.Found[arm] && l.Mistake && l.Day <= s.base.Horizon
				}
			}
		}
		return arms
	}
	for class, want := range map[string][2]bool{Neither: {}, OnlyBaseline: {true, false}, OnlyTreatment: {false, true},
		Both: {true, true}} {
		i := slices.IndexFunc(a.Futures, func(f Future) bool { return f.Class == class })
		if i < 0 && (class == Neither || class == Both) {
			t.Fatalf("no future is of class %s", class)
		}
		if i < 0 {
			continue
		}
		if got := erred(a.Futures[i]); got != want {
			t.Errorf("%+v: missteps %v", a.Futures[i], got)
		}
	}
}

// TestDecision: weights give what decide computes from the draws.
func TestDecision(t *testing.T) {
	src := source()
	src.Delta = 10 // so few cases tell of no less
	s := opening(t, src)
	a, _ := played(t, s, at(s), Fine, nil)
	d := a.Decision
	if d == nil || len(d.Outcomes) < 3 {
		t.Fatalf("%+v", d)
	}
	for i, w := range d.Outcomes {
		for k := range d.Outcomes {
			if d.Square[i][k] != d.Square[k][i] && math.Abs(d.Square[i][k]-d.Square[k][i]) > 1e-12 {
				t.Errorf("the squares of %s are not symmetric", w.ID)
			}
		}
	}
	fixed, last := []decision.Weight{{Outcome: "missteps", Weight: 1}, {Outcome: "missed", Weight: 1}}, len(d.Outcomes)-1
	r := decision.Of(decision.SampleOf(draws.Of(s.last.sums), fixed, d.Outcomes[last].ID),
		decision.Question{Over: []float64{0, 0.25, 0.5, 0.75, 1}, Delta: src.Delta})
	if len(d.Shares) != len(r.At) {
		t.Fatalf("shares at %d weights", len(d.Shares))
	}
	for i := range r.At {
		if x := r.At[i].Arms[1].Shares; d.Shares[i] != (Shared{r.At[i].Weight, x.Better.Value, x.Worse.Value}) {
			t.Errorf("shares are %+v, and those of decide %+v", d.Shares[i], *x)
		}
	}
	m := s.last.summary.Contrasts[0].Measure("missteps")
	if i := slices.IndexFunc(d.Outcomes, func(w Weighed) bool { return w.ID == "missteps" }); math.Abs(
		d.Gain[i]+m.Difference.Value) > 1e-9 {
		t.Errorf("fewer missteps gain %v, and the difference is %v", d.Gain[i], m.Difference.Value)
	}
}

// TestControls: each can be moved to all that it offers, and what it says is set is what the engine reads.
func TestControls(t *testing.T) {
	s := opening(t, source())
	d, err := s.Describe(at(s))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Assumed) < 5 || len(d.Decided) < 3 || d.Arms[1].Name != "with" || d.Fine.Draws != 24 {
		t.Errorf("%d assumed, %d decided, %+v, %+v", len(d.Assumed), len(d.Decided), d.Arms, d.Fine)
	}
	if d.Numbers != len(s.base.Slots) || d.Guessed < 1 || d.Guessed >= d.Numbers {
		t.Errorf("%d of %d numbers are assumptions; the scenario has %d", d.Guessed, d.Numbers, len(s.base.Slots))
	}
	for _, c := range append(d.Assumed, d.Decided...) {
		for _, value := range valuesOf(&c) {
			state := at(s, append([]string{c.Path + "=" + value.Value}, value.Also...)...)
			o, err := s.open(state)
			if err != nil {
				t.Errorf("%s=%s: %v", c.Path, value.Value, err)
				continue
			}
			for _, x := range o.plan.Scenario.Slots {
				if full := scenario.FullPath(c.Path); x.Path == full && x.Dist.Text != value.Value {
					t.Errorf("%s is %q, and %q was set", c.Path, x.Dist.Text, value.Value)
				}
			}
		}
		if c.Kind == Number && (!(c.Low < c.High) || c.At < c.Low || c.At > c.High || len(c.Prior) == 0) {
			t.Errorf("%s stands at %v of %v to %v, %d points", c.Path, c.At, c.Low, c.High, len(c.Prior))
		}
	}
}

// valuesOf are values that a control offers.
func valuesOf(c *Control) (out []Item) {
	switch c.Kind {
	case Number:
		for _, x := range []float64{c.Low, c.At, c.High} {
			out = append(out, Item{Value: say.Exact(x) + c.Suffix})
		}
	case Flags:
		return []Item{{Value: c.Shipped}, {Value: "[" + c.Options[0].Value + ", " + c.Options[1].Value + "]"}}
	default:
		for _, o := range c.Options {
			if o.Value != "" {
				out = append(out, o)
			}
		}
	}
	return out
}

// TestRefused: what cannot be is a sentence with its place, and the session goes on.
func TestRefused(t *testing.T) {
	s := opening(t, source())
	shipped := at(s)
	change := func(f func(*State)) State { state := shipped; f(&state); return state }
	for name, c := range map[string]struct {
		state State
		want  string
	}{
		"another format":     {change(func(s *State) { s.Format = 2 }), "of format 2, and this page reads format 1"},
		"no such path":       {at(s, "choice.prize=1"), `choice.prize: unknown key "prize"; did you mean "price"?`},
		"outside its domain": {at(s, "choice.price=-1"), "choice.price: "},
		"no value":           {at(s, "choice.price"), "is not PATH=VALUE"},
		"a setting":          {at(s, "run.draws=5"), "run.draws: a setting of the program"},
		"too long":           {at(s, "title="+strings.Repeat("x", 5000)), "longer than"},
		"too many":           {at(s, make([]string, 101)...), "more than 100"},
		"no such arm":        {change(func(s *State) { s.Arms[1] = "wish" }), `"wish"`},
		"one arm":            {change(func(s *State) { s.Arms[1] = s.Arms[0] }), "compared with itself"},
	} {
		_, err := s.Plan(c.state, Fine)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Piece(context.Background(), shipped, Fine, 9999); err == nil {
		t.Error("a piece that there is not was played")
	}
	if _, err := s.Plan(shipped, "coarse"); err == nil {
		t.Error("there is no such level")
	}
	_, pieces := played(t, s, shipped, Draft, nil)
	bad := slices.Clone(pieces)
	bad[3] = bad[3][:10]
	for name, p := range map[string][][]byte{"few": pieces[1:], "damaged": bad,
		"swapped": append([][]byte{pieces[1], pieces[0]}, pieces[2:]...)} {
		if _, err := s.Fold(shipped, Draft, p, nil); err == nil {
			t.Errorf("%s pieces were folded", name)
		}
	}
	if _, err := s.Story(shipped, 99, 0); err == nil {
		t.Error("a draw that there is not was told")
	}
}

// TestSourcesThatAreRefused: a page of another version, and files that are no scenarios, with places.
func TestSourcesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Source)
		want   string
	}{
		"format":   {func(s *Source) { s.Format = 9 }, "reload the page"},
		"large":    {func(s *Source) { s.Text = strings.Repeat("#", maxText+1) }, "larger than"},
		"empty":    {func(s *Source) { s.Text = "" }, ""},
		"mistake":  {func(s *Source) { s.Text = strings.Replace(s.Text, "horizon: 2y", "horizon: 2", 1) }, "5:10: horizon: "},
		"one arm":  {func(s *Source) { s.Text, _, _ = strings.Cut(s.Text, "  with: {}") }, "nothing to compare"},
		"no such":  {func(s *Source) { s.Generator = "dice" }, "dice"},
		"no draws": {func(s *Source) { s.Draws = 0 }, "no future"},
		"sample":   {func(s *Source) { s.Prior, s.Posterior = false, "format: 9" }, ""},
	} {
		s := source()
		c.change(&s)
		if _, err := Open(s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAScenarioWithoutEnd: a future that does not end is a sentence.
func TestAScenarioWithoutEnd(t *testing.T) {
	s := opening(t, source())
	_, err := s.Piece(context.Background(), at(s, "assumptions.model.max_events=20"), Fine, 0)
	if err == nil || !strings.Contains(err.Error(), "20") {
		t.Errorf("%v", err)
	}
}

// TestCommand: what a shell reads off it is what the state says.
func TestCommand(t *testing.T) {
	src := source()
	src.Layers = []scenario.Layer{{Origin: scenario.FromConfig, Path: "choice.rationality", Value: "20 to 40",
		Where: "config.yaml:3"}}
	s := opening(t, src)
	state := at(s, `onset.Borland>Aland.rate=3`, `title=it's a "try"`)
	state.Arms, state.Seed = [2]string{"with", "narrow"}, 9
	got, err := s.Command(state)
	const want = `misstep run tiny.yaml --seed 9 --draws 24 --replicates 6 --prior --contrast with,narrow --arm with ` +
		`--arm narrow --no-side-runs --set 'choice.rationality=20 to 40' --set 'onset.Borland>Aland.rate=3' ` +
		`--set 'title=it'\''s a "try"'`
	if err != nil || got != want {
		t.Errorf("%v\n%s\n%s", err, got, want)
	}
}
