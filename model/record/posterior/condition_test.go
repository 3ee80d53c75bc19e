package posterior

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

func slotAt(t *testing.T, v *scenario.Scenario, path string) int {
	t.Helper()
	i := slices.IndexFunc(v.Slots, func(s scenario.Slot) bool { return scenario.ShortPath(s.Path) == path })
	if i < 0 {
		t.Fatalf("no number %s", path)
	}
	return i
}

func planOf(v *scenario.Scenario) experiment.Plan {
	return experiment.Plan{Scenario: v, Seed: 3, Draws: 6, Replicates: 6, BlockSize: 2}
}

// TestRule: which numbers a posterior updates, by what a user wrote. Catches a value
// of the user's own that is overwritten, and a prior that is compared by its text.
func TestRule(t *testing.T) {
	p := small(t)
	const rate, price, gap = "onset.B>A.rate", "states.A.choice.price", "evidence.gap"
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{"as it was made for", "", "", []string{rate, price, gap}},
		{"the same in other words", "0.08 to 0.2", "0.080 to 0.20 at 90%", []string{rate, price, gap}},
		{"another interval", "0.08 to 0.2", "0.08 to 0.21", []string{rate, gap}},
		{"another mass", "0.08 to 0.2", "0.08 to 0.2 at 95%", []string{rate, gap}},
		{"another family of like interval", "0.08 to 0.2", `"uniform(0.08, 0.2)"`, []string{rate, gap}},
		{"a point", "value: 1 to 4", "value: 2", []string{price, gap}},
		{"another state's price", "{A: {choice: {price: 0.08 to 0.2}}, B: {}}", "{A: {}, B: {choice: {price: 0.08 to 0.2}}}",
			[]string{rate, gap}},
		{"none of them", "", "none", nil},
	} {
		text := strings.Replace(two, c.from, c.to, 1)
		if c.to == "none" {
			text = strings.NewReplacer("0.08 to 0.2", "0.1", "20d to 90d", "40d", "1 to 4", "2").Replace(two)
		}
		v := load(t, text)
		got := p.Condition(v)
		var have []string
		for i := range got.Slots {
			if got.Slots[i].Origin == scenario.FromPosterior {
				have = append(have, scenario.ShortPath(got.Slots[i].Path))
			}
			if (got.Learned(i) != nil) != (got.Slots[i].Origin == scenario.FromPosterior) {
				t.Errorf("%s: %s is learned and its origin is %s", c.name, got.Slots[i].Path, got.Slots[i].Origin)
			}
		}
		slices.Sort(have)
		slices.Sort(c.want)
		if !slices.Equal(have, c.want) || (got.Joint == nil) != (len(c.want) == 0) {
			t.Errorf("%s: %v, want %v", c.name, have, c.want)
		}
		if again := load(t, text); !reflect.DeepEqual(v, again) {
			t.Errorf("%s: the scenario itself was changed", c.name)
		}
	}
}

// TestSources: a source names what informed the number, and keeps what it was.
func TestSources(t *testing.T) {
	v := small(t).Condition(load(t, two))
	for path, want := range map[string]string{"onset.B>A.rate": "T1 (posterior); assumption: invented",
		"states.A.choice.price": "T26, T12 (posterior)"} {
		if s := v.Slots[slotAt(t, v, path)]; s.Source != want {
			t.Errorf("%s: %q", path, s.Source)
		}
	}
	i := slotAt(t, v, "evidence.gap")
	if l := v.Learned(i); !l.Silent || l.Prior != scenario.FromScenario ||
		strings.Contains(v.Slots[i].Source, "posterior") {
		t.Errorf("%+v, %q", l, v.Slots[i].Source)
	}
}

// TestNothingMatches: a posterior without a number to update changes no bit.
func TestNothingMatches(t *testing.T) {
	v := load(t, strings.NewReplacer("0.08 to 0.2", "0.1", "20d to 90d", "40d", "1 to 4", "2").Replace(two))
	got := small(t).Condition(v)
	if !reflect.DeepEqual(got, v) {
		t.Error("the copy differs")
	}
	a, b := planOf(v), planOf(got)
	if a.Fingerprint() != b.Fingerprint() || !slices.Equal(a.Theta(4), b.Theta(4)) {
		t.Error("the plan differs")
	}
}

// TestTheta: slots of the posterior have a row of it, the others what they had.
func TestTheta(t *testing.T) {
	p, v := small(t), load(t, two)
	a, b := planOf(v), planOf(p.Condition(v))
	j := b.Scenario.Joint
	seen := map[float64]bool{}
	for d := range 200 {
		before, after := a.Theta(d), b.Theta(d)
		var row []float64
		for i := range before {
			if b.Scenario.Learned(i) != nil {
				row = append(row, after[i])
			} else if before[i] != after[i] {
				t.Fatalf("draw %d: %s was %v, is %v", d, v.Slots[i].Path, before[i], after[i])
			}
		}
		if !slices.ContainsFunc(j.Rows, func(r []float64) bool { return slices.Equal(r, row) }) {
			t.Fatalf("draw %d: %v is no row", d, row)
		}
		seen[row[0]] = true
	}
	if len(seen) < 30 {
		t.Errorf("200 draws take %d of 40 rows", len(seen))
	}
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("the fingerprint does not see the posterior")
	}
	if q := b.OnPriors(); !slices.Equal(q.Theta(3), a.Theta(3)) || q.Fingerprint() == b.Fingerprint() ||
		q.Replicates != 2 || b.Scenario.Joint == nil {
		t.Error("the plan on the priors is not what it was before the record")
	}
}

// TestRowsByWeight: rows are drawn in proportion to their weight. 20,000 draws of 40
// rows; chi-square with 39 degrees of freedom, level 1e-4: 85.6. Catches weights that
// are left out: then it is above 400.
func TestRowsByWeight(t *testing.T) {
	p := small(t)
	plan := planOf(p.Condition(load(t, two)))
	at := slotAt(t, plan.Scenario, "onset.B>A.rate")
	const n = 20_000
	count := map[float64]float64{}
	for d := range n {
		count[plan.Theta(d)[at]]++
	}
	chi := func(weight func(i int) float64) float64 {
		sum := 0.0
		for i, row := range p.Rows {
			want := n * weight(i)
			sum += (count[row[0]] - want) * (count[row[0]] - want) / want
		}
		return sum
	}
	if got := chi(func(i int) float64 { return p.Weights[i] }); got > 85.6 {
		t.Errorf("chi-square %.1f", got)
	}
	if got := chi(func(int) float64 { return 1.0 / 40 }); got < 400 {
		t.Errorf("equal weights fit as well, chi-square %.1f: the test shows nothing", got)
	}
}

// permuted is a posterior with its columns and rows in another order.
func permuted(t *testing.T, p *Posterior, columns, rows func(i int) int) *Posterior {
	t.Helper()
	var cols []Column
	for k := range p.Columns {
		cols = append(cols, p.Columns[columns(k)])
	}
	weights, values := make([]float64, len(p.Rows)), make([][]float64, len(p.Rows))
	for i := range p.Rows {
		weights[i] = p.Weights[rows(i)]
		for k := range cols {
			values[i] = append(values[i], p.Rows[rows(i)][columns(k)])
		}
	}
	out := &Posterior{Name: p.Name, Header: p.Header, Columns: cols, Weights: weights, Rows: values}
	back, err := Parse(p.Name, out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// TestPermutations: the order of columns and of rows in the file changes the file and
// nothing of a run.
func TestPermutations(t *testing.T) {
	p, v := small(t), load(t, two)
	same := func(i int) int { return i }
	want := planOf(p.Condition(v))
	for name, q := range map[string]*Posterior{
		"columns": permuted(t, p, func(i int) int { return []int{2, 0, 1}[i] }, same),
		"rows":    permuted(t, p, same, func(i int) int { return (7*i + 3) % 40 }),
	} {
		if bytes.Equal(p.Bytes(), q.Bytes()) {
			t.Fatalf("%s: nothing was permuted", name)
		}
		got := planOf(q.Condition(v))
		if !reflect.DeepEqual(got.Scenario, want.Scenario) || got.Fingerprint() != want.Fingerprint() {
			t.Errorf("%s: the conditioned scenario differs", name)
		}
	}
}

// TestFingerprintSeesTheSample: a value, a weight and which numbers are updated count.
func TestFingerprintSeesTheSample(t *testing.T) {
	p, v := small(t), load(t, two)
	base := planOf(p.Condition(v))
	q := small(t)
	q.Rows[7][1] *= 1.001
	r := small(t)
	r.Weights[3] += 0.001
	fewer := planOf(p.Condition(load(t, strings.Replace(two, "20d to 90d", "20d to 91d", 1))))
	one, two, three := planOf(q.Condition(v)), planOf(r.Condition(v)), planOf(p.Condition(v))
	if one.Fingerprint() == base.Fingerprint() || two.Fingerprint() == base.Fingerprint() ||
		fewer.Fingerprint() == base.Fingerprint() || three.Fingerprint() != base.Fingerprint() {
		t.Error("a changed sample has the fingerprint of another, or an equal one has not")
	}
}

// TestQuantiles: a conditioned number's are those of the sample, another's those of
// its distribution.
func TestQuantiles(t *testing.T) {
	p := small(t)
	v := p.Condition(load(t, two))
	for k, c := range p.Columns {
		i := slotAt(t, v, c.Path)
		for n, u := range [2]float64{0.05, 0.95} {
			if got := v.Quantile(i, u); math.Abs(got-c.Posterior90[n]) > 1e-3*math.Abs(got) {
				t.Errorf("%s at %v: %v, the file says %v", c.Path, u, got, p.Columns[k].Posterior90)
			}
		}
	}
	other := slotAt(t, v, "choice.rationality")
	if got, want := v.Quantile(other, 0.3), v.Slots[other].Dist.Quantile(0.3); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestTwice: conditioning on two records in a row is a mistake of the program.
func TestTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a conditioned scenario is conditioned again")
		}
	}()
	p := small(t)
	p.Condition(p.Condition(load(t, two)))
}

// TestShipped: what is shipped reads, updates a number of a scenario that sets
// nothing, and agrees with its own sample.
func TestShipped(t *testing.T) {
	p, err := ReadShipped()
	if err != nil {
		t.Fatal(err)
	}
	if checked, err := Parse(p.Name, shipped); err != nil || !reflect.DeepEqual(p, checked) {
		t.Errorf("%v: what it says of its parameters is not what its sample has", err)
	}
	if size := len(p.Bytes()); size > 300<<10 {
		t.Errorf("%d bytes: too long to ship", size)
	}
	if p.Condition(load(t, two)).Joint == nil {
		t.Error("it updates no number of a scenario that sets none: are its priors those of the registry?")
	}
}
