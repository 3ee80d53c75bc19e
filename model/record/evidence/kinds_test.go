package evidence_test

import (
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// TestPlaces: the codes of every type stand in every scale, on the rung of
// its kind, and its events are events of the model. Catches a table that contradicts
// the ladder.
func TestPlaces(t *testing.T) {
	model, err := os.ReadFile("../../../docs/MODEL.md")
	if err != nil {
		t.Fatal(err)
	}
	format := scenario.Reference()
	for _, name := range evidence.Types.All() {
		place := evidence.Types.Means(name)
		if e := place.Event; e != "" && !strings.Contains(format, "`"+e+"`") &&
			!strings.Contains(string(model), " | "+e+" | ") {
			t.Errorf("%s stands at event %s, which the model does not have", name, e)
		}
		for _, code := range place.Codes {
			for _, s := range ladder.Names() {
				scale, err := ladder.Named(s)
				if err != nil {
					t.Fatal(err)
				}
				rung, err := scale.Rung(code)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if low, high := rungsOf(name); rung < low || rung > high {
					t.Errorf("%s: scale %s has %s on R%d, want R%d to R%d", name, s, code, rung, low, high)
				}
			}
		}
	}
}

// rungsOf is where a type should stand, by the names of the ladder.
func rungsOf(kind string) (low, high int) {
	switch kind {
	case "restraint":
		return ladder.Absorb, ladder.Absorb
	case "private-step":
		return ladder.PrivateProtest, ladder.PrivateDemarche
	case "attribution", "protest":
		return ladder.Public, ladder.Public
	case "coordinated-attribution":
		return ladder.Coordinated, ladder.Coordinated
	case "counter-report":
		return ladder.Public, ladder.Sanctions
	case "penalty":
		return ladder.Sanctions, ladder.ReduceRelations
	case "counter-operation":
		return ladder.CounterOperation, ladder.CounterOperation
	case "trade":
		return ladder.ReduceRelations, ladder.ReduceRelations
	}
	return -1, -1
}

// TestDelays: the shipped cases keep their vocabularies, and those with a key of an
// accusation are attributed on its day, or as a remark says. Catches a mistyped date.
func TestDelays(t *testing.T) {
	if n := len(evidence.Shipped().Delays); n != 15 {
		t.Fatalf("%d cases, want 15", n)
	}
	for _, d := range evidence.Shipped().Delays {
		for _, a := range evidence.Shipped().Accusations {
			if !strings.Contains(d.Source, a.ID) || !a.Formal() {
				continue
			}
			if d.Attributed.Text != a.Date {
				t.Errorf("%s is attributed on %s, %s on %s", d.ID, d.Attributed.Text, a.ID, a.Date)
			}
		}
		if evidence.Intents.Means(d.Intent) == "" || d.Attributed.IsZero() == d.Censored.IsZero() {
			t.Errorf("%+v", d)
		}
	}
}

// TestDialoguesAgree: what the accusations say about dialogues is what the table of
// dialogues says. Catches a suspension that only one of the two knows.
func TestDialoguesAgree(t *testing.T) {
	broken := map[string]bool{}
	for _, d := range evidence.Shipped().Dialogues {
		if d.Ending == evidence.Suspended {
			e, _ := evidence.Lookup(d.Last)
			broken[e.Date] = true
		}
	}
	for _, a := range evidence.Shipped().Accusations {
		if (a.Suspended == evidence.Yes) != broken[a.Date] {
			t.Errorf("%s of %s: suspended %q", a.ID, a.Date, a.Suspended)
		}
	}
}
