package evidence_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/record/evidence"
)

// drawnDialogue is a dialogue with its days, in order; the first is the opening.
type drawnDialogue struct {
	days   []time.Time
	ending string
}

// drawDialogues writes dialogues between Norway and China, all of them years before the
// record ends, and their events.
func drawDialogues(t *rapid.T) (events, dialogues string, list []drawnDialogue) {
	var e, d strings.Builder
	e.WriteString(eventHead)
	d.WriteString(dialogueHead)
	key := 500
	add := func(at time.Time, kind string) string {
		key++
		fmt.Fprintf(&e, "E%d,%s,day,Norway,China,%s,drawn,(a remark),source\n", key, at.Format(time.DateOnly), kind)
		return fmt.Sprintf("E%d", key)
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "dialogues") {
		x := drawnDialogue{ending: rapid.SampledFrom([]string{evidence.Suspended, evidence.Lapsed}).Draw(t, "ending")}
		at := drawDay(t, "2013-01-01", "2018-12-31")
		x.days = []time.Time{at}
		opened := add(at, "dialogue-opened")
		var meetings []string
		for range rapid.IntRange(1, 4).Draw(t, "meetings") {
			at = at.AddDate(0, 0, rapid.IntRange(1, 300).Draw(t, "gap"))
			x.days = append(x.days, at)
			meetings = append(meetings, add(at, "dialogue-meeting"))
		}
		last := meetings[len(meetings)-1]
		if x.ending == evidence.Suspended {
			at = at.AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "after"))
			x.days = append(x.days, at)
			last = add(at, "dialogue-broken")
		}
		fmt.Fprintf(&d, "d%d,Talks,Norway; China,%s,%s,%s,%s\n", i, opened, strings.Join(meetings, "; "), last, x.ending)
		list = append(list, x)
	}
	return e.String(), d.String(), list
}

// lived is the length of a drawn life in days, by the rule of the package.
func (x *drawnDialogue) lived() float64 {
	d := x.days[len(x.days)-1].Sub(x.days[0]).Hours() / 24
	if x.ending == evidence.Lapsed {
		d += evidence.LapseAfter
	}
	return d
}

// gaps are the days from meeting to meeting.
func (x *drawnDialogue) gaps() (out []float64) {
	last := len(x.days)
	if x.ending == evidence.Suspended {
		last--
	}
	for i := 2; i < last; i++ {
		out = append(out, x.days[i].Sub(x.days[i-1]).Hours()/24)
	}
	return out
}

// middleOf is the median of some numbers.
func middleOf(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// TestDialoguesByHand: hazards, ages and gaps of drawn dialogues, added to the shipped
// ones, agree with lives that are counted by other means. Catches an exposure that
// forgets the last stretch, and a suspension that counts as a meeting.
func TestDialoguesByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events, dialogues, list := drawDialogues(t)
		tables, err := evidence.Read(folder(map[string]string{"evidence.csv": events, "dialogues.csv": dialogues}))
		if err != nil {
			t.Fatal(err)
		}
		lapses, broken, exposure := 2, 1, 2151.0 // of the shipped ones: 401 + 936 + 681 + 133 days
		ended, between := []float64{401, 936, 681}, []float64{176, 196, 249, 301}
		for i := range list {
			x := &list[i]
			if x.ending == evidence.Lapsed {
				lapses++
			} else {
				broken++
			}
			exposure += x.lived()
			ended, between = append(ended, x.lived()), append(between, x.gaps()...)
		}
		all := tables.Compute(time.Time{})
		for _, c := range []struct {
			id, part string
			value    float64
			n        int
		}{
			{"T21", "", float64(lapses) / exposure * 365.25, lapses},
			{"T21", "suspensions", float64(broken) / exposure * 365.25, broken},
			{"T22", "", middleOf(ended), len(ended)}, {"T24", "", middleOf(between), len(between)},
		} {
			i := slices.IndexFunc(all, func(o evidence.Observed) bool { return o.ID == c.id && o.Part == c.part })
			if o := all[i]; math.Abs(o.Value-c.value) > 1e-9 || o.N != c.n {
				t.Fatalf("%s %q: %v of %d, want %v of %d\n%s%s", c.id, c.part, o.Value, o.N, c.value, c.n, events, dialogues)
			}
		}
	})
}

// TestDialogueLivesNowhereElse: dialogues of others leave the share of the United States
// and China as it is, and no accusation is exposed to them. Catches a target that takes
// every dialogue for one of its own.
func TestDialogueLivesNowhereElse(t *testing.T) {
	before := evidence.Shipped().Compute(time.Time{})
	rapid.Check(t, func(t *rapid.T) {
		events, dialogues, _ := drawDialogues(t)
		tables, err := evidence.Read(folder(map[string]string{"evidence.csv": events, "dialogues.csv": dialogues}))
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range tables.Compute(time.Time{}) {
			switch o.ID {
			case "T21", "T22", "T24":
				continue
			}
			if fmt.Sprintf("%+v", o) != fmt.Sprintf("%+v", before[i]) {
				t.Fatalf("%+v\nis not\n%+v", o, before[i])
			}
		}
	})
}

// TestCountersByLead: each coded accusation counts in the part of its lead and in no
// other. Catches an Australian one among the European.
func TestCountersByLead(t *testing.T) {
	parts := map[string]string{evidence.UnitedStates: "", evidence.UnitedKingdom: "after European and British accusations",
		evidence.European:     "after European and British accusations",
		evidence.AnotherState: "after accusations led by another state"}
	for _, lead := range evidence.Leads {
		british := map[bool]string{true: "yes", false: "no"}[lead == evidence.UnitedKingdom]
		tables, err := evidence.Read(folder(map[string]string{"accusations.csv": accusationHead +
			"G90,2025-06-01," + lead + ",drawn,1," + british + ",no,,yes,yes,,no,no,,statement,(drawn),source\n"}))
		if err != nil {
			t.Fatal(err)
		}
		before, after := evidence.Shipped().Compute(time.Time{}), tables.Compute(time.Time{})
		for _, name := range []string{"", "after European and British accusations",
			"after accusations led by another state"} {
			more := map[bool]int{true: 1}[parts[lead] == name]
			a, b := part(t, before, "T16", name), part(t, after, "T16", name)
			if b.N != a.N+more || b.Hits != a.Hits+more || slices.Contains(b.Rows, "G90") != (more == 1) {
				t.Errorf("%s, part %q: %d of %d, then %d of %d", lead, name, a.Hits, a.N, b.Hits, b.N)
			}
		}
	}
	rows := []string{}
	for _, name := range []string{"", "after European and British accusations", "after accusations led by another state"} {
		rows = append(rows, part(t, evidence.Shipped().Compute(time.Time{}), "T16", name).Rows...)
	}
	coded := 0
	for _, a := range evidence.Shipped().Accusations {
		if a.Formal() && a.Counter != evidence.NotCoded {
			coded++
		}
	}
	slices.Sort(rows)
	if len(slices.Compact(rows)) != coded {
		t.Errorf("%d rows in the parts, %d are coded", len(rows), coded)
	}
}
