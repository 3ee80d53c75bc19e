package sim

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/scenario"
)

// alike makes guilty and innocent answer alike, silence included, and the receiver
// know it.
func alike() []set {
	var out []set
	for _, belief := range []string{"", "_belief"} {
		for _, who := range []string{"guilty", "innocent"} {
			out = append(out, set{"clarify.deny_" + who + belief, "0.7"}, set{"clarify.silent_" + who + belief, "0.2"})
		}
	}
	return out
}

// TestProperty02AlikeAnswersSayNothing: clarify alone then changes no decision and
// no belief: but for the answers themselves the logs are equal to the bit, held,
// ideal and true beliefs included.
//
// Mutation that it catches: weighAnswer without the return on equal likelihoods,
// which rounds.
func TestProperty02AlikeAnswersSayNothing(t *testing.T) {
	sets := append(zeroStrengths("forum"), set{"assumptions.channels.forum.strength.clarify", "1"},
		set{"life.contact", "1"},
		set{"arms.without.channels.hotline.open", "true"})
	a := arms(t, read(t, "testdata/dyad.yaml"), append(sets, alike()...)...)
	var r Runner
	answers := 0
	leaveOut := func(e Event) bool { return e.Kind.Channel() || e.Kind == EventAnswer }
	for n := range 100 {
		silent, _ := events(&r, a, replicate(n), 0)
		asked, _ := events(&r, a, replicate(n), 1)
		answers += len(asked) - len(silent)
		silent, asked = slices.DeleteFunc(silent, leaveOut), slices.DeleteFunc(asked, leaveOut)
		for i := range min(len(silent), len(asked)) {
			if silent[i] != asked[i] {
				t.Fatalf("replicate %d, entry %d: without a question\n%+v\nwith one\n%+v", n, i, silent[i], asked[i])
			}
		}
		if len(silent) != len(asked) {
			t.Fatalf("replicate %d: %d entries without a question, %d with one", n, len(silent), len(asked))
		}
	}
	if answers == 0 {
		t.Error("nobody answered")
	}
}

// TestProperty03IdleStates: a state without stream and membership, and one that
// only observes, at either end and in the middle of the order of names, change no
// draw and no event.
//
// Mutation that it catches: entities addressed by index instead of by name.
func TestProperty03IdleStates(t *testing.T) {
	t.Parallel()
	all := texts(t)
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			bigger := replaceOnce(t, all[name], "\n  states:\n",
				"\n  states:\n    AAA: {}\n    Bzz: {observer: true}\n    Zzz: {}\n    Czz: {}\n")
			a, b := arms(t, all[name]), arms(t, bigger)
			var r, s Runner
			for n := range 20 {
				x, y := logs(&r, a, replicate(n)), logs(&s, b, replicate(n))
				for arm := range x {
					same(t, "without and with idle states", x[arm], y[arm])
				}
			}
		})
	}
}

// TestProperty03Observers: watching changes nothing, and workers share nothing.
//
// Mutation that it catches: a draw inside observe, or state kept in the model.
func TestProperty03Observers(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"))
	var watched, alone Runner
	for n := range 40 {
		logs(&watched, a, replicate(n))
		if x, y := watched.out, alone.Run(a, replicate(n), nil); !reflect.DeepEqual(x, y) {
			t.Fatalf("replicate %d: an observed replicate differs from an unobserved one", n)
		}
	}
	done := make(chan error)
	for range 4 {
		go func() {
			var r, s Runner
			var err error
			for n := range 20 {
				if !reflect.DeepEqual(r.Run(a, replicate(n), nil), s.Run(a, replicate(n), nil)) {
					err = fmt.Errorf("replicate %d differs between workers", n)
				}
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestProperty04AloneAsAmongMany: a replicate of a new runner equals the same one
// of a runner that played many others, in any order, of this and other scenarios.
//
// Mutation that it catches: anything that set, copyFrom or reset forget, such as
// the likelihoods.
func TestProperty04AloneAsAmongMany(t *testing.T) {
	t.Parallel()
	all := texts(t)
	var scenarios []*Arms
	for _, name := range names(all) {
		scenarios = append(scenarios, arms(t, all[name]))
	}
	scenarios = append(scenarios, arms(t, read(t, oneIncident)))
	type job struct{ scenario, replicate int }
	var jobs []job
	for s := range scenarios {
		for n := range 15 {
			jobs = append(jobs, job{s, n})
		}
	}
	rng := rand.New(rand.NewPCG(seed, 4))
	rng.Shuffle(len(jobs), func(i, j int) { jobs[i], jobs[j] = jobs[j], jobs[i] })
	var many Runner
	for _, j := range jobs {
		a := scenarios[j.scenario]
		crowd := logs(&many, a, replicate(j.replicate))
		var one Runner
		alone := logs(&one, a, replicate(j.replicate))
		for arm := range alone {
			same(t, "among many and alone", crowd[arm], alone[arm])
			x, y := many.out[arm], one.out[arm]
			x.Cases, x.Steps = slices.Clip(append([]CaseOutcome(nil), x.Cases...)), append([]Step(nil), x.Steps...)
			y.Cases, y.Steps = slices.Clip(append([]CaseOutcome(nil), y.Cases...)), append([]Step(nil), y.Steps...)
			if !reflect.DeepEqual(x, y) {
				t.Fatalf("scenario %d, replicate %d, arm %d: outcomes differ", j.scenario, j.replicate, arm)
			}
		}
	}
}

// permute returns a scenario text with the order of every list and mapping block
// of the test scenario turned round where order should not matter.
func permute(t *testing.T, text string) string {
	t.Helper()
	lines := strings.Split(text, "\n")
	indent := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	var out []string
	for i := 0; i < len(lines); {
		j := i
		for j < len(lines) && indent(lines[j]) >= 4 {
			j++
		}
		block := slices.Clone(lines[i:j])
		slices.Reverse(block)
		out = append(out, block...)
		if j < len(lines) {
			out = append(out, lines[j])
		}
		i = j + 1
	}
	text = strings.Join(out, "\n")
	text = replaceOnce(t, text, "  without: {channels.forum.open: false, channels.hotline.open: false}\n  with: {}\n",
		"  with: {}\n  without: {channels.hotline.open: false, channels.forum.open: false}\n")
	text = strings.ReplaceAll(text, "members: [Aland, Borland]", "members: [Borland, Aland]")
	text = strings.ReplaceAll(text, "between: [Aland, Borland]", "between: [Borland, Aland]")
	return replaceOnce(t, text, "{Dorland: 0.5, Eland: }", "{Eland: , Dorland: 0.5}")
}

// TestProperty05OrderOfTheFile: states, groups, streams, beliefs, shocks,
// incidents, channels, partners and arms in another order give the same logs, arm
// by arm and entry by entry.
//
// Mutations that it catches: a list of the scenario that is not sorted; a past with
// the coalitions of the first arm.
func TestProperty05OrderOfTheFile(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	const more = "  narrow: {coalitions.allies.open: false, summits.top.open: false, channels.embassy.mandate: " +
		"[clarify]}\n"
	turned := replaceOnce(t, permute(t, text), "arms:\n", "arms:\n"+more)
	text = replaceOnce(t, text, "headline:", more+"headline:")
	if strings.Index(turned, "Cerland: {evidence") > strings.Index(turned, "Aland: {evidence") || turned == text {
		t.Fatal("nothing was permuted")
	}
	v, w := load(t, text), load(t, turned)
	a, b := compile(v, medians(v)), compile(w, medians(w))
	var r, s Runner
	for n := range 100 {
		x, y := logs(&r, a, replicate(n)), logs(&s, b, replicate(n))
		for arm := range x {
			same(t, "file and permuted file, arm "+v.Arms[arm].Name, x[arm], y[armNamed(w, v.Arms[arm].Name)])
			if o, p := r.out[arm], s.out[armNamed(w, v.Arms[arm].Name)]; !reflect.DeepEqual(o, p) {
				t.Fatalf("replicate %d, arm %d: outcomes differ", n, arm)
			}
		}
	}
}

func armNamed(v *scenario.Scenario, name string) int {
	return slices.IndexFunc(v.Arms, func(a scenario.Arm) bool { return a.Name == name })
}
