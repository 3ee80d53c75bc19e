package patterns

import (
	"context"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// TestWatchTravels: expectations judged on blocks that travelled as bytes are those of the run; bytes of another
// scenario, cut ones and ones with something behind them are refused.
func TestWatchTravels(t *testing.T) {
	p := experiment.Plan{Scenario: shipped(t, "exchange-coalition-2021"), Seed: 1, Draws: 3, Replicates: 5, BlockSize: 2}
	want, err := Run(context.Background(), p, nil, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, to, from := Watch(&p), experiment.NewSums(p), experiment.NewSums(p)
	to.Beside, from.Beside = []experiment.Beside{w}, []experiment.Beside{Watch(&p)}
	for _, b := range p.Blocks(0, p.Replicates) {
		piece, err := from.Piece(context.Background(), b)
		if err == nil {
			err = to.Take(b, piece)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := w.Expectations(); !reflect.DeepEqual(got, want.Expectations) || len(got) < 5 {
		t.Errorf("%+v, want\n%+v", got, want.Expectations)
	}
	v := w.Fresh()
	v.(*watching).tallies[0].add(0, 1)
	packed := w.Pack(v)
	for name, bad := range map[string][]byte{"cut": packed[:len(packed)-1], "more behind it": append(packed, 0),
		"nothing": nil, "a bin beyond": {1, 1, 1, 1, 255, 255, 255, 1, 0}, "endless": {255, 255, 255, 255, 255, 255}} {
		if w.Unpack(w.Fresh(), bad) == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if w.Unpack(w.Fresh(), packed) != nil {
		t.Error("what was packed is refused")
	}
}
