package scenario

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/misstep/misstep/model/param"
)

// FuzzLoad: Load never panics, returns a sound scenario or problems with a
// place, and the same for the same bytes.
func FuzzLoad(f *testing.F) {
	f.Add(Starter())
	f.Add([]byte(tiny))
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "testdata/full.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { loadTwice(t, data, world) })
}

// FuzzSet: no setting from outside panics.
func FuzzSet(f *testing.F) {
	base, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][2]string{{"choice.rationality", "25 to 75"}, {"assumptions.onset[0].rate", "3"},
		{"onset.China>United Kingdom.mix", "{crime: 1}"},
		{"arms.narrow.channels.dialogue.mandate", "[leaks]"}, {"levers.channels.hotline", "null"},
		{"assumptions.onset", "[]"}, {"assumptions", "3"},
		{"assumptions.states.China.confusion.Russia.China", "1"}, {"expect.X1.statistic.from", "R3"}, {"a[0][1].b", "{"},
		{"arms", "{x: }"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, path, value string) {
		opts := world
		opts.Layers = []Layer{{FromFlag, path, value, "--set"}, {FromFlag, "horizon", "5y", "--set"}}
		loadTwice(t, base, opts)
	})
}

func loadTwice(t *testing.T, data []byte, opts Options) {
	t.Helper()
	v, err := Load("fuzz", data, opts)
	again, errAgain := Load("fuzz", data, opts)
	if diff := cmp.Diff(v, again, cmp.AllowUnexported(Scenario{}, override{})); diff != "" {
		t.Fatalf("two loads differ:\n%s", diff)
	}
	if err == nil {
		sound(t, v)
		return
	}
	var ps Problems
	if !errors.As(err, &ps) || len(ps) == 0 || v != nil {
		t.Fatalf("error %v with %v", err, v)
	}
	if err.Error() != errAgain.Error() {
		t.Fatalf("two loads differ:\n%v\n%v", err, errAgain)
	}
	for _, p := range ps {
		if p.What == "" || p.File == "" || p.Line < 0 || (p.Line > 0) != (p.Column > 0) {
			t.Fatalf("problem without a place or text: %+v", p)
		}
	}
}

// sound checks what those who compile a scenario rely on.
func sound(t *testing.T, v *Scenario) {
	t.Helper()
	num := func(what string, n Num, optional bool) {
		if n < 0 && !optional || int(n) >= len(v.Slots) {
			t.Fatalf("%s is number %d of %d", what, n, len(v.Slots))
		}
	}
	for _, p := range param.All() {
		num(p.Name, v.Param(p.ID, ""), false)
	}
	for _, s := range v.Slots {
		for _, u := range []float64{1e-9, 0.1, 0.5, 0.9, 1 - 1e-9} {
			if x := s.Dist.Quantile(u); !s.Domain.Contains(x) {
				t.Fatalf("%s: quantile %v is %v, outside %s", s.Path, u, x, s.Domain.Text)
			}
		}
	}
	for _, o := range v.Onset {
		num(o.Entity(), o.Rate, false)
		for _, m := range o.Mix {
			num(o.Entity(), m, true)
		}
	}
	for _, a := range v.Arms {
		for _, c := range a.Levers.Channels {
			if len(c.Members) < 2 {
				t.Fatalf("channel %s has members %v", c.Name, c.Members)
			}
		}
		for _, s := range a.Levers.Summits {
			num(s.Name, s.Relief, false)
		}
	}
	if len(v.Arms) == 0 || v.Horizon <= 0 || len(v.Arms) > 1 && (v.Headline.Baseline == "" || v.Headline.Treatment == "") {
		t.Fatalf("%d arms, horizon %v, headline %+v", len(v.Arms), v.Horizon, v.Headline)
	}
}
