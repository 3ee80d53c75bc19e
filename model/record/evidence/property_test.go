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

// drawDay is a day from one date to another.
func drawDay(t *rapid.T, from, to string) time.Time {
	first := day(from)
	return first.AddDate(0, 0, rapid.IntRange(0, int(day(to).Sub(first).Hours()/24)).Draw(t, "day"))
}

// drawAccusations writes a table of accusations between two days.
func drawAccusations(t *rapid.T, from, to string) (text string, rows []evidence.Accusation) {
	var b strings.Builder
	b.WriteString(accusationHead)
	for i := range rapid.IntRange(0, 8).Draw(t, "accusations") {
		a := evidence.Accusation{ID: fmt.Sprintf("G%d", 100+i), Date: drawDay(t, from, to).Format(time.DateOnly),
			Kind: "statement", Lead: rapid.SampledFrom(evidence.Leads).Draw(t, "lead"),
			States:  rapid.IntRange(1, 30).Draw(t, "states"),
			British: rapid.Bool().Draw(t, "british"), PenaltyDays: float64(rapid.IntRange(-1, 200).Draw(t, "penalty")),
			CounterDays: float64(rapid.IntRange(-1, 200).Draw(t, "report")),
			Checked:     rapid.SampledFrom([]string{"source", "memory"}).Draw(t, "checked")}
		a.British = a.British || a.Lead == evidence.UnitedKingdom
		answer := func(name string) string { return rapid.SampledFrom([]string{"yes", "no", ""}).Draw(t, name) }
		cell := func(x float64) string {
			if x < 0 {
				return ""
			}
			return fmt.Sprint(x)
		}
		same := map[bool]string{true: "yes", false: "no"}[a.PenaltyDays == 0]
		british := map[bool]string{true: "yes", false: "no"}[a.British]
		fmt.Fprintf(&b, "%s,%s,%s,drawn,%d,%s,%s,%s,%s,%s,%s,%s,no,,statement,(drawn),%s\n", a.ID, a.Date, a.Lead, a.States,
			british, same,
			cell(a.PenaltyDays), answer("denial"), answer("counter"), cell(a.CounterDays), answer("trade"), a.Checked)
		rows = append(rows, a)
	}
	return b.String(), rows
}

// drawDelays writes a table of cases that became public between two days.
func drawDelays(t *rapid.T, from, to string) string {
	var b strings.Builder
	b.WriteString(delayHead)
	for i := range rapid.IntRange(0, 5).Draw(t, "cases") {
		disclosed := drawDay(t, from, to)
		detected := disclosed.AddDate(0, 0, -rapid.IntRange(0, 900).Draw(t, "hidden"))
		start := detected.AddDate(0, 0, -rapid.IntRange(0, 2000).Draw(t, "unseen"))
		attributed, censored := disclosed.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "silent")).Format(time.DateOnly), ""
		if rapid.Bool().Draw(t, "never") {
			attributed, censored = censored, attributed
		}
		fmt.Fprintf(&b, "D%d,drawn,A,%s,,%s,,%s,,%s,,%s,espionage,(drawn),source\n", 100+i, start.Format(time.DateOnly),
			detected.Format(time.DateOnly), disclosed.Format(time.DateOnly), attributed, censored)
	}
	return b.String()
}

// drawEvents writes a table of events between two days.
func drawEvents(t *rapid.T, from, to string) string {
	var b strings.Builder
	b.WriteString(eventHead)
	for i := range rapid.IntRange(0, 5).Draw(t, "events") {
		kind := rapid.SampledFrom([]string{"counter-report", "dialogue-broken", "penalty",
			"dialogue-meeting"}).Draw(t, "type")
		fmt.Fprintf(&b, "E%d,%s,day,China,United States,%s,drawn,(a remark),source\n", 500+i,
			drawDay(t, from, to).Format(time.DateOnly), kind)
	}
	return b.String()
}

// same reports whether two lists of computed numbers are equal, NaN equal to NaN.
func same(t *rapid.T, a, b []evidence.Observed) {
	if len(a) != len(b) {
		t.Fatalf("%d and %d numbers", len(a), len(b))
	}
	for i := range a {
		if fmt.Sprintf("%+v", a[i]) != fmt.Sprintf("%+v", b[i]) {
			t.Fatalf("%+v\nis not\n%+v", a[i], b[i])
		}
	}
}

// TestNothingFromTheFuture: whatever is added after a day leaves what is computed as
// of that day as it is. Catches every leak of later knowledge into a cut.
func TestNothingFromTheFuture(t *testing.T) {
	cuts := []string{"2014-06-01", "2016-03-15", "2018-12-20", "2021-07-19", "2023-12-31", "2025-06-30"}
	before := map[string][]evidence.Observed{}
	for _, cut := range cuts {
		before[cut] = evidence.Shipped().Compute(day(cut))
	}
	rapid.Check(t, func(t *rapid.T) {
		cut := rapid.SampledFrom(cuts).Draw(t, "cut")
		after := day(cut).AddDate(0, 0, 1).Format(time.DateOnly)
		accusations, _ := drawAccusations(t, after, "2026-06-30")
		tables, err := evidence.Read(folder(map[string]string{"accusations.csv": accusations,
			"delays.csv": drawDelays(t, after, "2026-06-30"), "evidence.csv": drawEvents(t, after, "2026-06-30")}))
		if err != nil {
			t.Fatal(err)
		}
		same(t, tables.Compute(day(cut)), before[cut])
	})
}

// TestOrderOfRows: the same rows in another order give the same numbers. Catches a
// computation that takes the first for the earliest.
func TestOrderOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, _ := drawAccusations(t, "2013-01-01", "2026-06-30")
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		turned := slices.Clone(lines)
		slices.Reverse(turned[1:])
		compute := func(lines []string) []evidence.Observed {
			tables, err := evidence.Read(folder(map[string]string{"accusations.csv": strings.Join(lines, "\n") + "\n"}))
			if err != nil {
				t.Fatal(err)
			}
			out := tables.Compute(time.Time{})
			for i := range out {
				out[i].Rows = slices.Sorted(slices.Values(out[i].Rows))
			}
			return out
		}
		same(t, compute(lines), compute(turned))
	})
}

// TestCountAddsUp: the counts of the parts of a period add up to the count of the
// whole, by lead too, and agree with a count of the rows by other means. Catches a
// boundary that belongs to both sides or to none.
func TestCountAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, rows := drawAccusations(t, "2013-01-01", "2026-06-30")
		tables, err := evidence.Read(folder(map[string]string{"accusations.csv": text}))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, evidence.Shipped().Accusations...)
		cuts := []time.Time{drawDay(t, "2013-01-01", "2026-06-30"), drawDay(t, "2013-01-01", "2026-06-30"),
			drawDay(t, "2013-01-01", "2026-06-30")}
		slices.SortFunc(cuts, time.Time.Compare)
		cuts[1], cuts[2] = cuts[1].AddDate(0, 0, 1), cuts[2].AddDate(0, 0, 2)
		memory := evidence.Options{Memory: rapid.Bool().Draw(t, "memory")}
		n := func(match func(evidence.Accusation) bool, from, to time.Time) int {
			return tables.Count(match, from, to, memory).N
		}
		whole := tables.Count(evidence.AnyAccusation, cuts[0], cuts[2], memory)
		if parts := n(evidence.AnyAccusation, cuts[0], cuts[1]) +
			n(evidence.AnyAccusation, cuts[1], cuts[2]); parts != whole.N {
			t.Fatalf("%d in parts, %d as a whole", parts, whole.N)
		}
		byLead, byHand, left := 0, 0, 0
		for _, lead := range evidence.Leads {
			byLead += n(evidence.LedBy(lead), cuts[0], cuts[2])
		}
		for _, a := range rows {
			if !a.Formal() || a.Date < cuts[0].Format(time.DateOnly) || a.Date >= cuts[2].Format(time.DateOnly) {
				continue
			}
			if a.Checked == "memory" {
				left++
			}
			if memory.Memory || a.Checked != "memory" {
				byHand++
			}
		}
		if byLead != whole.N || byHand != whole.N || left != whole.NMemory || len(whole.Rows) != whole.N {
			t.Fatalf("%d by lead, %d by hand, %d from memory: %+v", byLead, byHand, left, whole)
		}
		if math.Abs(whole.Rate*whole.Years-float64(whole.N)) > 1e-9 {
			t.Fatalf("%+v", whole)
		}
	})
}

// TestSharesByHand: shares of drawn accusations agree with a count by other means.
// Catches a window of 90 days that is open at its end.
func TestSharesByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, rows := drawAccusations(t, "2013-01-01", "2026-06-30")
		tables, err := evidence.Read(folder(map[string]string{"accusations.csv": text}))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, evidence.Shipped().Accusations...)
		joined, soon, n := 0, 0, 0
		for _, a := range rows {
			if !a.Formal() || a.Checked == "memory" {
				continue
			}
			n++
			if a.States > 2 && a.States != 27 {
				joined++
			}
			if a.PenaltyDays > -1 && a.PenaltyDays < 91 {
				soon++
			}
		}
		for _, o := range tables.Compute(time.Time{}) {
			if o.ID == "T12" && (o.Hits != joined || o.N != n) || o.ID == "T13" && o.Part == "" && (o.Hits != soon || o.N != n) {
				t.Fatalf("%d joined, %d soon of %d: %+v", joined, soon, n, o)
			}
		}
	})
}
