package patterns

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/cases"
	"github.com/misstep/misstep/model/experiment"
)

// counter counts what is written.
type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// TestWatchIsCheck: the expectations that a run judges on its own futures are those of check, for any
// number of workers, in pieces, and beside another that looks on. Catches a statistic that sees another
// arm, a replicate that is counted twice, and an observer that drowns another.
func TestWatchIsCheck(t *testing.T) {
	for _, name := range []string{"uk-china-dialogue-2026", "exchange-coalition-2021"} {
		p := experiment.Plan{Scenario: shipped(t, name), Seed: 1, Draws: 6, Replicates: 5, BlockSize: 2}
		want, err := Run(context.Background(), p, nil, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		for workers := 1; workers < 4; workers++ {
			w, s, text := Watch(&p), experiment.NewSums(p), counter(0)
			s.Beside = []experiment.Beside{cases.NewWriter(&p, &text, nil), w}
			for _, part := range [][2]int{{0, 2}, {2, 5}} {
				if err := s.Extend(context.Background(), part[0], part[1], workers, nil); err != nil {
					t.Fatal(err)
				}
			}
			if got := w.Expectations(); !reflect.DeepEqual(got, want.Expectations) || len(got) < 5 {
				t.Errorf("%s, %d workers:\n%+v, want\n%+v", name, workers, got, want.Expectations)
			}
			if text < 1000 {
				t.Errorf("the other that looks on wrote %d bytes", text)
			}
		}
	}
}

// TestNothingExpected: a scenario without expectations has no watcher, and an arm that is not
// played is not judged.
func TestNothingExpected(t *testing.T) {
	v := shipped(t, "uk-china-dialogue-2026")
	kept, err := v.Keep([]string{"without-forum"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Watch(&experiment.Plan{Scenario: kept, Draws: 1}).Expectations() {
		if e.Judged() {
			t.Errorf("%s is judged: %+v", e.ID, e)
		}
	}
	v.Expect = nil
	if w := Watch(&experiment.Plan{Scenario: v, Draws: 1}); w != nil {
		t.Error("there is a watcher")
	}
}

// TestNumberReads what it writes.
func TestNumberReads(t *testing.T) {
	for _, x := range []Number{0, 2.5, Number(math.Inf(1))} {
		data, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		var got Number
		if err := json.Unmarshal(data, &got); err != nil || got != x {
			t.Errorf("%v: %s, %v, %v", x, data, got, err)
		}
	}
	var n Number
	if err := json.Unmarshal([]byte(`"soon"`), &n); err == nil {
		t.Error("a word is read")
	}
}
