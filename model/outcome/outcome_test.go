package outcome

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/sim"
)

// quiet is an outcome in which nothing was reached.
func quiet(cases ...sim.CaseOutcome) *sim.Outcome {
	o := &sim.Outcome{Cases: cases, Horizon: 5 * 365.25}
	for c := range o.First {
		for k := range o.First[c] {
			o.First[c][k] = math.Inf(1)
		}
		o.FirstCut[c] = math.Inf(1)
	}
	return o
}

// handMade are two arms with two common cases, and one of its own in each.
func handMade() (a, b *sim.Outcome) {
	a = quiet(
		sim.CaseOutcome{Stream: 0, Ordinal: 0, Peak: 3, Missteps: 0b111, MisstepAt: 3, Avoidable: 0b011, Falsely: true,
			WhoOrWhy: true, Regret: 0.5, Withdrawn: true, Erred: 1 << 6, Replies: 2},
		sim.CaseOutcome{Stream: 0, Ordinal: 4, Peak: 7, Missed: true, Unmet: true, Missteps: 0b100, MisstepAt: 5},
		sim.CaseOutcome{Stream: 2, Ordinal: 1, Peak: 5, Missteps: 0b001, Missed: true, Rightly: true, Regret: 9},
	)
	b = quiet(
		sim.CaseOutcome{Stream: 0, Ordinal: 0, Peak: 2, Rightly: true, Regret: 0.25},
		sim.CaseOutcome{Stream: 0, Ordinal: 4, Peak: 7, Missteps: 0b001, MisstepAt: 7, WhoOrWhy: true, Avoidable: 0b001,
			Rightly: true, Withdrawn: true, Erred: 1 << 7},
		sim.CaseOutcome{Stream: 1, Ordinal: 1, Missteps: 0b001, Missed: true, Falsely: true, Unmet: true, Replies: 1},
	)
	a.First[0][sim.AnyCause], a.First[0][sim.Misstep], a.First[2][sim.Misstep] = 3, 3, 4
	b.First[1][sim.AnyCause], b.First[2][sim.AnyCause], b.First[0][sim.Induced] = 5, 0, 6
	a.Expected[3][0], a.Expected[3][59], b.Expected[4][7] = 0.25, 0.5, 1
	a.Stood, b.Stood, a.Erred, b.Erred = 1<<3|1<<6, 1<<5|1<<7, 1<<6, 1<<7
	a.PairMissteps, a.PairEpisodes, a.Discovered = 1, 2, 3
	b.PairEpisodes, b.Discovered = 5, 3
	return a, b
}

// TestRead works every outcome by hand: one that reads a case without a twin, another bit, another class or another
// denominator would show here.
func TestRead(t *testing.T) {
	a, b := handMade()
	have := make([]Reading, len(All))
	flips := make([]Flips, len(All))
	if cases := Read(a, b, have, flips); cases != 2 {
		t.Fatalf("%v common cases, want 2", cases)
	}
	named := 0
	for id, want := range map[string][4]float64{
		"missteps":          {1, 2, 1, 2},
		"avoidable":         {1, 2, 1, 2},
		"missteps_public":   {2, 2, 0, 2},
		"missteps_only":     {1, 2, 0, 2},
		"who_or_why_only":   {0, 2, 1, 2},
		"missteps_covert":   {0, 2, 1, 2},
		"who_or_why":        {1, 2, 1, 2},
		"misstep_share":     {1, 2, 1, 1},
		"missteps_on_r6":    {1, 2, 0, 2},
		"missed":            {1, 2, 0, 2},
		"unanswered":        {1, 2, 0, 2},
		"forgone":           {2, 3, 0, 3},
		"forgone_prevented": {0, 3, 1, 3},
		"false_accusations": {1, 2, 0, 2},
		"hard":              {2, 2, 1, 2},
		"public":            {1, 2, 2, 2},
		"regret":            {0.5, 2, 0.25, 2},
		"withdrawn":         {1, 2, 1, 2},
		"stood_public":      {1, 1, 1, 1},
		"stood_r5":          {0, 1, 1, 1},
		"stood_r6":          {1, 1, 0, 1},
		"stood_r7":          {0, 1, 1, 1},
		"reach_r8":          {0.75, 1, 0, 1},
		"any_misstep":       {1, 1, 0, 1},
		"erred_r6":          {1, 1, 0, 1},
		"erred_r7":          {0, 1, 1, 1},
		"any_induced":       {0, 1, 1, 1},
		"missteps_decade":   {4, 1, 4, 1},
		"who_or_why_decade": {2, 1, 2, 1},
		"who_decade":        {2, 1, 2, 1},
		"missed_decade":     {4, 1, 2, 1},
		"replies_decade":    {4, 1, 2, 1},
		"pair_missteps":     {1, 1, 0, 1},
		"pair_episodes":     {2, 1, 5, 1},
		"cases":             {3, 1, 3, 1},
	} {
		named++
		i := Index(id)
		if i < 0 {
			t.Errorf("there is no outcome %s", id)
			continue
		}
		if have[i] != want {
			t.Errorf("%s: %v, want %v", id, have[i], want)
		}
	}
	for id, want := range map[string]Flips{ // in b only, in a only
		"missteps": {1, 1}, "missteps_covert": {1, 0}, "missed": {0, 1}, "forgone": {0, 2}, "public": {1, 0},
		"withdrawn":    {1, 1},
		"stood_public": {}, "stood_r5": {1, 0}, "stood_r6": {0, 1}, "erred_r7": {1, 0}, "any_induced": {1, 0},
		"missteps_decade": {2, 2}, "who_decade": {1, 1}, "missed_decade": {1, 2}, // cases of one arm alone among them
		"regret": {}, "misstep_share": {}, "pair_episodes": {}, "reach_r8": {}, "replies_decade": {},
	} {
		if flips[Index(id)] != want {
			t.Errorf("%s flips %v, want %v", id, flips[Index(id)], want)
		}
	}
	if named != len(All) {
		t.Errorf("%d outcomes are worked by hand, of %d", named, len(All))
	}
}

// TestReadLevel: a share of the cases that both arms have, or of all cases, would show here.
func TestReadLevel(t *testing.T) {
	a, b := handMade()
	for i, want := range [][4]float64{{1, 2, 1, 3}} {
		var have [4]float64
		have[0], have[1] = Levels[i].ReadLevel(a)
		have[2], have[3] = Levels[i].ReadLevel(b)
		if have != want {
			t.Errorf("%s: %v, want %v", Levels[i].ID, have, want)
		}
		if Index(Levels[i].ID) >= 0 || Levels[i].Words.Name == "" || Levels[i].Unit == "" {
			t.Errorf("%s is compared, or has no words", Levels[i].ID)
		}
	}
}

// TestUnits: a paired outcome with a factor of 1, or a count with one of 100, would show here.
func TestUnits(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range All {
		wantFactor := 1.0
		if m.Paired() {
			wantFactor = 100
		}
		if m.Factor != wantFactor || m.Words.Name == "" || m.Unit == "" || m.Direction < -1 || m.Direction > 1 {
			t.Errorf("%s: factor %v, name %q, unit %q, direction %d", m.ID, m.Factor, m.Words.Name, m.Unit, m.Direction)
		}
		if seen[m.ID] || Index(m.ID) < 0 || m.Paired() == (m.Replicate != nil) ||
			m.Paired() && m.Own == nil && m.Lone == nil ||
			m.Hit != nil && (m.Own == nil || m.Factor != 100) {
			t.Errorf("%s: twice, or without a reading", m.ID)
		}
		seen[m.ID] = true
	}
}

type caseKey struct {
	stream, ordinal int32
}

// TestCommon: cases that are matched by position, or by stream alone, would show here.
func TestCommon(t *testing.T) {
	list := func(keys ...caseKey) *sim.Outcome {
		o := quiet()
		for _, k := range keys {
			o.Cases = append(o.Cases, sim.CaseOutcome{Stream: k.stream, Ordinal: k.ordinal})
		}
		return o
	}
	for _, c := range []struct {
		a, b *sim.Outcome
		want float64
	}{
		{list(), list(), 0},
		{list(caseKey{0, 1}), list(), 0},
		{list(caseKey{0, 1}), list(caseKey{1, 1}), 0},
		{list(caseKey{0, 1}, caseKey{0, 2}), list(caseKey{0, 2}), 1},
		{list(caseKey{0, 1}, caseKey{2, 0}), list(caseKey{0, 1}, caseKey{1, 5}, caseKey{2, 0}), 2},
		{list(caseKey{3, 9}), list(caseKey{0, 0}, caseKey{1, 0}, caseKey{3, 8}, caseKey{3, 9}), 1},
	} {
		n := 0.0
		Common(c.a, c.b, func(a, b *sim.CaseOutcome) {
			if n++; a.Compare(b) != 0 {
				t.Errorf("%v is paired with %v", a, b)
			}
		})
		if n != c.want {
			t.Errorf("%v and %v: %v common, want %v", c.a.Cases, c.b.Cases, n, c.want)
		}
	}
}
