package sim

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// seed is the seed of all statistical tests. Nobody changes it to make one pass.
const seed = 20261121

// set is a setting from outside a file: path and value.
type set struct{ path, value string }

// load reads a scenario text with settings on top and fails the test on a mistake.
func load(t testing.TB, text string, sets ...set) *scenario.Scenario {
	t.Helper()
	var opts scenario.Options
	for _, s := range sets {
		opts.Layers = append(opts.Layers,
			scenario.Layer{Origin: scenario.FromFlag, Path: s.path, Value: s.value, Where: "test"})
	}
	v, err := scenario.Load("test", []byte(text), opts)
	if err != nil {
		t.Fatalf("%v\nsettings %v", err, sets)
	}
	return v
}

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// texts are the scenarios on which properties are held: those of testdata and
// all shipped ones that load.
func texts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"testdata/*.yaml", "../../scenarios/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text := read(t, f)
			if _, err := scenario.Load("test", []byte(text), scenario.Options{}); err != nil {
				t.Logf("%s does not load and is left out: %v", f, err)
				continue
			}
			out[filepath.Base(f)] = text
		}
	}
	return out
}

// names returns the sorted keys of texts.
func names(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// medians sets every slot to its median.
func medians(v *scenario.Scenario) []float64 {
	theta := make([]float64, len(v.Slots))
	for i, s := range v.Slots {
		theta[i] = s.Dist.Median()
	}
	return theta
}

// drawn sets every slot to its quantile at the slot's addressed uniform.
func drawn(v *scenario.Scenario, n uint64) []float64 {
	rep := random.NewSource(random.Mix, seed).Replicate(n)
	theta := make([]float64, len(v.Slots))
	for i, s := range v.Slots {
		theta[i] = s.Dist.Quantile(rep.Uniform(random.Stream(random.NameHash(s.Path), random.Parameter), 0))
	}
	return theta
}

// compile compiles the common past and every arm.
func compile(v *scenario.Scenario, theta []float64) *Arms {
	a := &Arms{History: Compile(v, theta, History)}
	for i := range v.Arms {
		a.Arms = append(a.Arms, Compile(v, theta, i))
	}
	return a
}

// arms loads a text and compiles it at its medians.
func arms(t testing.TB, text string, sets ...set) *Arms {
	t.Helper()
	v := load(t, text, sets...)
	return compile(v, medians(v))
}

func replicate(n int) random.Replicate {
	return random.NewSource(random.Mix, seed).Replicate(uint64(n))
}

// entry is a log entry as properties compare it: time bits, kind, entity, actor
// and rung, with names instead of indices.
type entry struct {
	time    uint64
	kind    EventKind
	entity  uint64
	actor   string
	rung    int
	channel string
}

func (e entry) String() string {
	return fmt.Sprintf("%.6f %s %016x %s R%d %s", math.Float64frombits(e.time), e.kind, e.entity, e.actor, e.rung,
		e.channel)
}

func entryOf(m *Model, e *Event) entry {
	out := entry{time: math.Float64bits(e.Time), kind: e.Kind, entity: e.Entity, rung: e.Rung}
	if e.Actor >= 0 {
		out.actor = m.StateName(int(e.Actor))
	}
	if e.Channel >= 0 {
		out.channel = m.ChannelName(int(e.Channel))
	}
	return out
}

// logs plays a replicate and returns the log of every arm, the past included.
func logs(r *Runner, a *Arms, rep random.Replicate) [][]entry {
	out := make([][]entry, len(a.Arms))
	obs := make([]Observer, len(a.Arms))
	for i, m := range a.Arms {
		obs[i] = func(e *Event) { out[i] = append(out[i], entryOf(m, e)) }
	}
	r.Run(a, rep, obs)
	return out
}

// events plays a replicate and returns the full log of one arm.
func events(r *Runner, a *Arms, rep random.Replicate, arm int) (log []Event, out *Outcome) {
	obs := make([]Observer, len(a.Arms))
	obs[arm] = func(e *Event) { log = append(log, *e) }
	return log, &r.Run(a, rep, obs)[arm]
}

// without leaves out the entries that the test is not about.
func without(log []entry, leaveOut func(EventKind) bool) []entry {
	return slices.DeleteFunc(slices.Clone(log), func(e entry) bool { return leaveOut(e.kind) })
}

// diverge returns the index of the first difference of two logs, or −1.
func diverge(a, b []entry) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

// same fails the test at the first difference of two logs.
func same(t *testing.T, what string, a, b []entry) {
	t.Helper()
	i := diverge(a, b)
	if i < 0 {
		return
	}
	show := func(l []entry) string {
		if i < len(l) {
			return l[i].String()
		}
		return "the end"
	}
	t.Fatalf("%s: entry %d of %d and %d differs:\n%s\n%s", what, i, len(a), len(b), show(a), show(b))
}

// stated is the number of standard errors of the level 1e-6, two-sided.
const stated = 4.89

// mean is a running mean with its standard error.
// spread is the range of what is averaged; when given, the bound is the empirical
// one of Bernstein, which needs no normal approximation.
type mean struct{ n, sum, squares, spread float64 }

func (m *mean) add(x float64) { m.n++; m.sum += x; m.squares += x * x }

func (m *mean) value() float64 { return m.sum / m.n }

func (m *mean) deviation() float64 {
	return math.Sqrt(math.Max(0, m.squares/m.n-m.value()*m.value()))
}

func (m *mean) error() float64 { return m.deviation() / math.Sqrt(m.n) }

// equals tests a mean against its exact value at level 1e-6 and makes sure that
// the sample was large enough to see a bias of the resolution: n ≥ ((4.89 + 3.09) σ/δ)².
func (m *mean) equals(t *testing.T, what string, want, resolution float64) {
	t.Helper()
	se := math.Max(m.error(), 1e-12)
	bound := stated * se
	if m.spread > 0 {
		level := math.Log(4e6)
		bound = se*math.Sqrt(2*level) + m.spread*7*level/(3*m.n)
	}
	if bound+3.09*se > resolution {
		t.Errorf("%s: %v replicates resolve %.3g, not the stated %.3g", what, m.n, bound+3.09*se, resolution)
	}
	if math.Abs(m.value()-want) > bound {
		t.Errorf("%s: %.6g, want %.6g (%.1f standard errors, n = %v)", what, m.value(), want, (m.value()-want)/se, m.n)
	}
}

// share is a count of successes, tested without a normal approximation.
type share struct{ n, hits float64 }

func (s *share) add(hit bool) {
	s.n++
	if hit {
		s.hits++
	}
}

// equals tests a share against its exact probability by Bernstein's inequality,
// which holds for every n and p, at level 1e-6, and makes sure that a bias of the
// resolution would be seen.
func (s *share) equals(t *testing.T, what string, p, resolution float64) {
	t.Helper()
	level := math.Log(2e6)
	sigma := math.Sqrt(s.n * p * (1 - p))
	bound := level/3 + math.Sqrt(level*level/9+2*sigma*sigma*level)
	if (bound+3.09*sigma)/s.n > resolution {
		t.Errorf("%s: %v replicates resolve %.3g, not the stated %.3g", what, s.n, (bound+3.09*sigma)/s.n, resolution)
	}
	if math.Abs(s.hits-s.n*p) > bound || sigma == 0 && s.hits != s.n*p {
		t.Errorf("%s: %.6g, want %.6g (%.1f standard errors, n = %v)", what, s.hits/s.n, p,
			(s.hits-s.n*p)/max(sigma, 1e-12), s.n)
	}
}

func replaceOnce(t testing.TB, text, old, with string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q occurs %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, with, 1)
}
