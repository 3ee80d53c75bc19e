package calibrate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// The shipped rows that count, by hand from accusations.csv: formal, and led by the
// United States or the United Kingdom.
//
//	2014 G01  2018 G03 G04  2020 G05 G30 G06 G08  2021 G09 G32  2022 G33  2023 G11 G34
//	2024 G35 G13 G14 G17 G18 G38 G19 G20  2025 G21 G40 G22 G42 G24 G43 G25(UK)  2026 G27(UK)
//
// G07, G10, G36, G16, G23, G26 are European; G31 and G39 are Japanese, G15 Australian, G37
// Paraguayan, G41 Canadian; G02 and G29 name no state, G12, G28 and G47 are remarks, and G44,
// G45, G46 and G48 describe techniques. Breaks when a statistic of the record is taken otherwise
// than by counting these.
func TestObservedByHand(t *testing.T) {
	for _, x := range []struct {
		until time.Time
		want  map[string]float64
	}{
		{date(2026, 6, 30), map[string]float64{
			"T26.us.2013": 1, "T26.us.2016": 0, "T26.us.2018": 2, "T26.us.2020": 6, "T26.us.2022": 3, "T26.us.2024": 14,
			"T26.us.2026": 0, "T26.us": 26,
			"T26.uk.2015": 0, "T26.uk.2020": 0, "T26.uk.2024": 2, "T26.uk": 2, // G25, G27
			"T34": 9,        // G04 G09 G11 G13 G14 G17 G24 G25 G27
			"T12": 9.0 / 28, // G04 G09 G11 G13 G14 G17 G38 G24 G27
			// All but G30, G32, G33, G11, G34, G35, G13, G40, G43, G27, G17 (107 days), G24 (104 days).
			"T13": 16.0 / 28,
			"T19": 0,
			// G01, on the last day of the working group; G27, of the British dialogue of 2026. No formal
			// one stood between the United States and China from 18 April 2018 on, when the ministers lapsed.
			"T20.exposed": 2,
			"T20":         1, "T21": 2,
			// 13 April 2013 to 19 May 2014, 401 days; 25 September 2015 to 4 October
			// 2017 and 196 days, 936; of 1 January 2013 to 30 June 2026, 4928.
			"T33": (401.0 + 936) / 4928,
			// 21 October 2015 to 17 February 2017 and 196 days, 681; 20 January to
			// 30 June 2026, 161; of 4198 days from 1 January 2015.
			"T33.uk": (681.0 + 161) / 4198,
			"T23":    467, // 135, 467, 494
			"T22":    681, "T24": 222.5,
			"T15": 21.0 / 21, // G33, G34, G35, G38, G19, G40 and G27 are not coded
			// Yes: G01 G04 G05 G06 G09 G32 G11 G13 G14 G18 G22 G24 G43. No: G03 G08 G42. Not coded:
			// G30 G33 G34 G35 G17 G38 G19 G20 G21 G40.
			"T16": 13.0 / 16,
			// Days from start to detection of espionage, a month stands for its 15th and a
			// year for 1 July: D06 2, D14 19, D08 32, D03 77, D02 343, D07 426, D10 776,
			// D04 837, D05 1516.
			"T9": 343, "T9.spread": math.Log((776.0 + 1) / (32 + 1)),
			// Days from detection to disclosure: D11 22, D08 25, D03 40, D10 41, D02 50,
			// D06 56, D05 83, D04 170, D07 297.
			"T32": 50, "T32.spread": math.Log((83.0 + 1) / (40 + 1)),
			// From detection to attribution: D11 22, D10 71, D06 195, D07 527, D04 796, D03 926,
			// D14 954; D02, D05 and D08 were named in remarks alone.
			"T10":     527,
			"T1.dcid": 29.84, "T1.eurepoc": 63.69, "T2": 9, "T3": 1.1, "T4": 1.35, "T5": 0.49, "T6": 0.81, "T11": 0.41,
			// E054, E119, E067, E120, E121; E076, E081, E122, E123, E091, the one of 17 January 2025
			// (G20 after 18 days, G21 after 14, G40 after 3), E097, E124, E102.
			"T18.2013": 0, "T18.2022": 5, "T18.2024": 9,
			// Quoted: in EuRepoC .43 as many in the two years after September 2015 as in those before;
			// no accusation is known to be wrong.
			"T25": 0.43, "T35": 0,
			// No row is of the type counter-operation: E071, E086 and G40 tell of clean-ups at home.
			"T36.us": 0, "T36.uk": 0,
		}},
		{date(2018, 12, 31), map[string]float64{
			"T26.us.2013": 1, "T26.us.2016": 0, "T26.us.2018": 2, "T26.uk.2015": 0, "T26.us": 3, "T26.uk": 0, // G01 G03 G04
			"T12": 1.0 / 3, "T13": 1, "T19": 0, "T20.exposed": 1, "T20": 1, "T21": 2, // G04; all; none; G01
			"T33":    (401.0 + 936) / 2190, // six years, one of them a leap year, to the last day
			"T33.uk": 681.0 / 1460,
			"T23":    494, "T22": 681, "T24": 222.5, "T15": 1, "T16": 2.0 / 3, // all three; G01 and G04, not G03
			// Known by then are D02 to D05: 77, 343, 837 and 1516 days to detection; 40,
			// 50, 83 and 170 to disclosure. One attribution, of D04, is no median.
			"T9": (343.0 + 837) / 2, "T9.spread": math.Log((1006.75 + 1) / (276.5 + 1)),
			"T32": (50.0 + 83) / 2, "T32.spread": math.Log((104.75 + 1) / (47.5 + 1)),
			"T35": 0, "T36.us": 0, "T36.uk": 0,
		}},
	} {
		p := mustProblem(x.until)
		for i := range p.Statistics {
			id := p.Statistics[i].ID
			want, ok := x.want[id]
			if !ok {
				t.Errorf("%s: %s = %v is not worked out by hand", x.until.Format(time.DateOnly), id, p.Observed[i].Value)
			} else if !near(p.Observed[i].Value, want) {
				t.Errorf("%s: %s = %v, want %v", x.until.Format(time.DateOnly), id, p.Observed[i].Value, want)
			}
			delete(x.want, id)
		}
		for id := range x.want {
			if s := statistic(t, id); !x.until.AddDate(0, 0, 1).Before(s.Needs) {
				t.Errorf("%s: %s is left out", x.until.Format(time.DateOnly), id)
			}
		}
	}
}

// Breaks when a row from memory, one that the rule of inclusion leaves out, or one led by
// another state counts.
func TestRowsThatDoNotCount(t *testing.T) {
	tables := *evidence.Shipped()
	tables.Accusations, tables.Delays = slices.Clone(tables.Accusations), slices.Clone(tables.Delays)
	forgotten := map[string]bool{"G01": true, "G11": true, "G25": true, "D03": true, "D06": true}
	for i := range tables.Accusations {
		if a := &tables.Accusations[i]; forgotten[a.ID] {
			a.Checked = "memory"
		}
	}
	for i := range tables.Delays {
		if d := &tables.Delays[i]; forgotten[d.ID] {
			d.Checked = "memory"
		}
	}
	counted := map[string]bool{}
	for _, a := range Documented(&tables, time.Time{}, date(2030, 1, 1)) {
		counted[a.ID] = true
	}
	// Boyusec and the insurer without a state, two remarks of officials, four lists of techniques.
	informal := []string{"G02", "G12", "G28", "G29", "G44", "G45", "G46", "G48"}
	for _, a := range tables.Accusations {
		want := a.Checked != "memory" && (a.Lead == evidence.UnitedStates || a.Lead == evidence.UnitedKingdom) &&
			!slices.Contains(informal, a.ID)
		if counted[a.ID] != want {
			t.Errorf("%s, led by %s, %s, checked %s, counts: %v", a.ID, a.Lead, a.Kind, a.Checked, counted[a.ID])
		}
	}
	all := Statistics()
	for i := range all {
		before, after := all[i].observed(evidence.Shipped(), date(2026, 6, 30)), all[i].observed(&tables, date(2026, 6, 30))
		for _, row := range after.Rows {
			if forgotten[row] {
				t.Errorf("%s rests on %s, which is from memory", all[i].ID, row)
			}
		}
		if all[i].Target == "T9" && before.N != after.N+2 || all[i].Target == "T12" && before.N != after.N+3 {
			t.Errorf("%s rests on %d rows, with those from memory on %d", all[i].ID, after.N, before.N)
		}
	}
}

// computed are the statistics that evidence computes; it is slow.
var computed = []string{"T3", "T4", "T5", "T6", "T11", "T15", "T16", "T22", "T23", "T24"}

// documentedBy is what is documented by a day, in bits.
func documentedBy(all []Statistic, t *evidence.Tables, until time.Time) []uint64 {
	var out []uint64
	for i := range all {
		o := all[i].observed(t, until)
		for _, x := range [...]float64{o.Value, o.Low, o.High, float64(o.N)} {
			out = append(out, math.Float64bits(x))
		}
	}
	return out
}

// agree fails the test at the first day of a decade, counted in steps of days, by
// which two tables document something different.
func agree(t *testing.T, step int, slow bool, a, b func(time.Time) *evidence.Tables) {
	t.Helper()
	all := slices.DeleteFunc(Statistics(), func(s Statistic) bool { return slices.Contains(computed, s.ID) != slow })
	for at := date(2016, 7, 1); !at.After(date(2026, 6, 30)); at = at.AddDate(0, 0, step) {
		x, y := documentedBy(all, a(at), at), documentedBy(all, b(at), at)
		for i := range x {
			if x[i] != y[i] {
				t.Fatalf("%s by %s: number %d of its four is %v in one and %v in the other", all[i/4].ID, at.Format(time.DateOnly),
					i%4+1, math.Float64frombits(x[i]), math.Float64frombits(y[i]))
			}
		}
	}
}

// later is the evidence with rows that a user added, of every kind, in July 2026.
func later(t *testing.T) *evidence.Tables {
	t.Helper()
	header := func(name string) string {
		first, _, _ := strings.Cut(mustRead("../evidence/"+name), "\n")
		return first + "\n"
	}
	files := fstest.MapFS{
		"accusations.csv": {Data: []byte(header("accusations.csv") +
			"G901,2026-07-02,United States,Charged,5,yes,yes,0,yes,yes,,yes,yes,yes,charges,(drawn),source\n" +
			"G902,2026-07-03,United Kingdom,Named,5,yes,no,,yes,yes,,yes,yes,yes,statement,(drawn),source\n")},
		"evidence.csv": {Data: []byte(header("evidence.csv") +
			"E901,2026-07-04,day,United States; China,both,dialogue-opened,A dialogue is set up,https://example.org/a,source\n" +
			"E902,2026-07-05,day,United States; China,both,dialogue-meeting,It meets,https://example.org/b,source\n")},
		"dialogues.csv": {Data: []byte(header("dialogues.csv") +
			"new,A dialogue,United States; China,E901,E902,E902,alive\n")},
		"delays.csv": {Data: []byte(header("delays.csv") +
			"D901,Case,United States,2026-06-20,,2026-06-25,,2026-07-01,,2026-07-02,,,espionage,E901,source\n")},
	}
	out, err := evidence.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Breaks when a row later than the cut-off changes a bit of what is documented, on
// days of a decade [grid] apart. That the same rows count once they are past shows that the
// comparison can fail.
func TestNothingAfterTheCutOffCounts(t *testing.T) {
	more := later(t)
	shipped := evidence.Shipped()
	with := func(time.Time) *evidence.Tables { return more }
	without := func(time.Time) *evidence.Tables { return shipped }
	agree(t, grid, false, with, without)
	agree(t, 331, true, with, without)
	after := date(2026, 8, 1)
	for _, id := range []string{"T26.us.2026", "T26.uk.2024", "T34", "T12", "T13", "T19", "T20.exposed", "T33", "T9",
		"T32", "T10"} {
		s := statistic(t, id)
		if fmt.Sprint(s.observed(shipped, after)) == fmt.Sprint(s.observed(more, after)) {
			t.Errorf("%s does not see the new rows once they are past", id)
		}
	}
}

// past cuts the shipped tables to what was known by a day.
func past(until time.Time) *evidence.Tables {
	t := *evidence.Shipped()
	t.Accusations, t.Events = nil, nil
	for _, a := range evidence.Shipped().Accusations {
		if !a.When().First().After(until) {
			t.Accusations = append(t.Accusations, a)
		}
	}
	for _, e := range evidence.Shipped().Events {
		if !e.When().Middle().After(until) {
			t.Events = append(t.Events, e)
		}
	}
	t.Dialogues = nil
	for _, d := range evidence.Shipped().Dialogues {
		has := func(key string) bool {
			return slices.ContainsFunc(t.Events, func(e evidence.Event) bool { return e.ID == key })
		}
		if !has(d.Opened) {
			continue
		}
		d.Meetings = slices.DeleteFunc(slices.Clone(d.Meetings), func(key string) bool { return !has(key) })
		if d.Ending == evidence.Suspended && !has(d.Last) {
			d.Ending = evidence.Alive
		}
		if !has(d.Last) {
			d.Last = d.Opened
			if len(d.Meetings) > 0 {
				d.Last = d.Meetings[len(d.Meetings)-1]
			}
		}
		t.Dialogues = append(t.Dialogues, d)
	}
	return &t
}

// Breaks when hindsight enters: what is documented by a day is what tables that end
// there give. A dialogue that met again after a long gap is the hard case: in August
// 2017 the ministers had not met for more than 196 days.
func TestNoHindsight(t *testing.T) {
	shipped := func(time.Time) *evidence.Tables { return evidence.Shipped() }
	agree(t, 13, false, past, shipped)
	agree(t, 331, true, past, shipped)
	tables := evidence.Shipped()
	for _, x := range []struct {
		until time.Time
		want  float64
	}{{date(2017, 6, 20), 0}, {date(2017, 6, 21), 1}, {date(2017, 8, 1), 1}, {date(2017, 9, 1), 2}, {date(2017, 10, 4), 1},
		{date(2018, 4, 17), 1}, {date(2018, 4, 18), 2}} {
		if got := ended(evidence.Lapsed)(tables, x.until).Value; got != x.want {
			t.Errorf("%v lapses by %s, want %v", got, x.until.Format(time.DateOnly), x.want)
		}
	}
}

// Breaks when a delay counts before its end: the case D03, public since 2017, was
// attributed on 10 February 2020.
func TestDelaysCountWhenTheyEnd(t *testing.T) {
	for until, want := range map[time.Time]bool{date(2020, 2, 9): false, date(2020, 2, 10): true} {
		if _, rows := attribution.of(evidence.Shipped(), until); slices.Contains(rows, "D03") != want {
			t.Errorf("by %s the delays are those of %v", until.Format(time.DateOnly), rows)
		}
	}
}

// Breaks when a penalty counts before it came: G18 of 25 October, G38 of 3 December and G20 of
// 30 December 2024 were followed on 17 January 2025, after 84, 45 and 18 days.
func TestPenaltiesCountWhenTheyCome(t *testing.T) {
	s := statistic(t, "T13")
	for _, x := range []struct {
		until    time.Time
		hits, of float64
	}{{date(2025, 1, 16), 10, 22}, {date(2025, 1, 17), 13, 22}} {
		// Until then, with one at once: G01, G03 to G06, G08, G09, G14, G19, G21; without: G30, G32,
		// G33, G11, G34, G35, G13, G17, G40, and the three.
		if got := s.observed(evidence.Shipped(), x.until); got.N != int(x.of) || !near(got.Value, x.hits/x.of) {
			t.Errorf("by %s %v of %d, want %v of %v", x.until.Format(time.DateOnly), got.Value, got.N, x.hits, x.of)
		}
	}
}
