package calibrate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/record/evidence"
)

// Statistics lists what is compared, in the order of the targets. The choice and
// its reasons are in docs/CALIBRATION.md. To add one is an entry: how the number is read is a
// [reading] of both records, made by the constructors of readings.go.
func Statistics() []Statistic {
	out := slices.Concat(incidentStatistics(), delayStatistics(), accusationStatistics(), replyStatistics(),
		dialogueStatistics())
	for i := range out {
		out[i].complete()
	}
	return out
}

// incidentStatistics compare what data sets hold: their yearly averages, over the
// years that the histories cover. A count is complete when its data set is closed.
func incidentStatistics() []Statistic {
	endDCID, endEuRepoC := newYear(DCID.Closed), newYear(EuRepoC.Closed)
	return []Statistic{
		{ID: "T1.dcid", Short: "US incidents, DCID", Label: "incidents against the United States in DCID, 2013–2020",
			Unit: "incidents", Kind: Count, Needs: endDCID,
			Unridged: true,
			reading:  cited(3.73*8, 56, func(w *World) float64 { return float64(len(w.dcid.Starts)) })},
		{ID: "T1.eurepoc", Short: "US incidents, EuRepoC", Label: "the same in EuRepoC, 2013–2023", Unit: "incidents",
			Kind: Count, Needs: endEuRepoC,
			Unridged: true,
			reading:  cited(5.79*11, 110, func(w *World) float64 { return float64(len(w.eurepoc[0].Starts)) })},
		{ID: "T2", Short: "UK incidents, EuRepoC", Label: "incidents against the United Kingdom in EuRepoC, 2016–2024",
			Unit: "incidents", Kind: Count, Needs: newYear(2025),
			Unridged: true,
			reading:  cited(9, 9, func(w *World) float64 { return float64(len(w.eurepoc[1].Starts)) })},
		{ID: "T3", Short: "dispersion of yearly counts", Label: "variance over mean of the yearly counts in DCID", Unit: "–",
			Kind: Duration, Noisy: true, Needs: endDCID, reading: target("T3", func(w *World) float64 {
				return dispersion(w.dcid.Starts, daysFrom(w.starts[0], newYear(DCID.From)), DCID.To-DCID.From+1)
			})},
		{ID: "T4", Short: "variation of gaps", Label: "coefficient of variation of their gaps", Unit: "–", Kind: Duration,
			Noisy: true, Floor: 0.05, Needs: endDCID,
			Missed:  "data sets hold bursts of one campaign; simulated incidents come one by one",
			reading: target("T4", func(w *World) float64 { return w.gapVariation(w.dcid.Starts) })},
		{ID: "T5", Short: "share of severity 3", Label: "share of severity 3 in DCID", Use: Echo, Kind: Share, Needs: endDCID,
			reading: target("T5", func(w *World) float64 { return severityThree(w.dcid.Severities) })},
		{ID: "T6", Short: "share of espionage", Label: "share of espionage in DCID", Use: Echo, Kind: Share, Needs: endDCID,
			reading: target("T6", func(w *World) float64 { return float64(w.dcid.Espionage) / float64(len(w.dcid.Starts)) })},
		{ID: "T25", Short: "after to before Sept 2015", Label: "incidents in the 24 months after September 2015 over those " +
			"before, United States, EuRepoC", Use: Plausibility, Unit: "–", Kind: Duration, Needs: endEuRepoC,
			Missed: "a ratio of two small counts about one treaty, documented between .08 and 1.24",
			reading: target("T25", func(w *World) float64 {
				at := daysFrom(w.starts[0], promised)
				return ratioAround(w.eurepoc[0].Starts, at, 2*param.DaysPerYear)
			})},
		{ID: "T11", Short: "share ever attributed", Label: "share of public incidents that a government ever attributes",
			Kind: Share, Low: true, Judged: 0.04, Needs: endEuRepoC, reading: target("T11", func(w *World) float64 {
				n := len(w.eurepoc[0].Starts) + len(w.eurepoc[1].Starts)
				return float64(w.eurepoc[0].Attributed+w.eurepoc[1].Attributed) / float64(n)
			})},
	}
}

// promised is the day of the promises of September 2015 (E020).
var promised = time.Date(2015, 9, 25, 0, 0, 0, 0, time.UTC)

// delayStatistics compare delays of famous cases with those of simulated incidents
// that would have become famous. The middle of n delays is uncertain by about 1.25·σ/√n, and
// their quartiles' ratio by about twice as much; σ of the logarithm is near 2 and near 1.
func delayStatistics() []Statistic {
	return []Statistic{
		{ID: "T9", Short: "start to detection", Label: "median time from start to detection, known espionage", Kind: Duration,
			Judged: 0.75, reading: detection.median()},
		{ID: "T9.spread", Short: "its quartiles, log ratio", Label: "logarithm of the ratio of its quartiles", Judged: 1,
			Noisy: true, reading: detection.spread()},
		{ID: "T10", Short: "detection to attribution", Label: "median time from detection to attribution, given attribution",
			Use: Plausibility, Kind: Duration, reading: attribution.median()},
		{ID: "T32", Short: "detection to disclosure", Label: "median time from detection to disclosure", Kind: Duration,
			Judged: 0.38, reading: disclosure.median()},
		{ID: "T32.spread", Short: "its quartiles, log ratio", Label: "logarithm of the ratio of its quartiles", Judged: 0.5,
			Noisy: true, reading: disclosure.spread()},
	}
}

// The periods in which accusations are counted: those of the steps of the price of
// publishing, which is a random walk. A dozen British years with two accusations
// bear three steps.
var (
	americanPeriods = [][2]int{{2013, 2015}, {2016, 2017}, {2018, 2019}, {2020, 2021}, {2022, 2023}, {2024, 2025},
		{2026, 2026}}
	britishPeriods = [][2]int{{2015, 2019}, {2020, 2023}, {2024, 2026}}
)

// ledStatistics count the accusations that a state led, by period, and show in all what
// the periods add up to: the middle of a small skewed count says little of a level.
func ledStatistics(id, short string, history int, periods [][2]int) []Statistic {
	count := func(id, years string, from, to int) Statistic {
		state := wests[history].state
		return Statistic{ID: "T26." + id, Short: short + "-led, " + years, Unit: "accusations", Kind: Count,
			Label: "accusations of China led by the " + state + ", " + years, reading: reading{
				observed:  accusationCount(from, to, func(a *evidence.Accusation) bool { return a.Lead == state }),
				simulated: func(w *World) float64 { return w.led(history, from, to) },
			}}
	}
	var out []Statistic
	for _, p := range periods {
		s := count(fmt.Sprintf("%s.%d", id, p[0]), evidence.Years(p[0], p[1]), p[0], p[1])
		s.Needs = newYear(p[0]+1).AddDate(0, -7, 0)
		out = append(out, s)
	}
	all := count(id, "in all", periods[0][0], periods[len(periods)-1][1])
	all.Use = Plausibility
	return append(out, all)
}

func accusationStatistics() []Statistic {
	return slices.Concat(ledStatistics("us", "US", 0, americanPeriods), ledStatistics("uk", "UK", 1, britishPeriods),
		[]Statistic{
			{ID: "T35", Short: "known to be wrong", Label: "accusations of China known to be wrong", Unit: "accusations",
				Kind: Count, reading: reading{knownErrors, func(w *World) float64 { return w.wrong[0] + w.wrong[1] }}},
			{ID: "T34", Short: "with British part", Label: "accusations with British part since December 2018",
				Unit: "accusations", Kind: Count, Needs: newYear(2020), reading: reading{
					observed: accusationCount(2018, 2100,
						func(a *evidence.Accusation) bool { return a.British && a.Date >= "2018-12" }),
					simulated: func(w *World) float64 {
						return w.withBritain(time.Date(2018, 12, 1, 0, 0, 0, 0, time.UTC), newYear(2030))
					}}},
			{ID: "T12", Short: "three states or more", Label: "share of accusations joined by three states or more", Kind: Share,
				reading: Joint.share()},
			{ID: "T13", Short: "penalty within 90 d", Label: "share of accusations with a penalty within 90 days", Kind: Share,
				reading: Penalised.share()},
		})
}

// replyStatistics compare what China does in answer, and its own accusations.
func replyStatistics() []Statistic {
	out := []Statistic{
		{ID: "T15", Short: "denied within a week", Label: "share of accusations denied within a week", Use: Echo, Kind: Share,
			reading: target("T15", func(w *World) float64 {
				return w.share(func(a *Accusation, _ *Record) (yes, open bool) { return a.Denied, true })
			})},
		{ID: "T16", Short: "countered within a week", Use: Echo, Kind: Share,
			Label: "share of American-led ones answered by a counter-accusation within a week",
			reading: target("T16", func(w *World) float64 {
				return w.share(func(a *Accusation, r *Record) (yes, open bool) { return a.Counter, r == w.American })
			})},
	}
	// Which reports are formal accusations is a judgement, good to ±1.5 a year (T18).
	for _, p := range []struct {
		from, to int
		judged   float64
		missed   string
	}{{2013, 2021, 0.7, ""}, {2022, 2023, 0.45, ""},
		{2024, 2025, 0.35, "a price that walks by a fifth a year does not open so late and so far"}} {
		years := evidence.Years(p.from, p.to)
		out = append(out, Statistic{ID: fmt.Sprintf("T18.%d", p.from), Short: "by China, " + years, Unit: "accusations",
			Label: "formal accusations by China, " + years, Kind: Count, Judged: p.judged, Needs: newYear(p.to + 1),
			Missed:  p.missed,
			reading: reading{partCount("T18", years), func(w *World) float64 { return w.reports(p.from, p.to) }}})
	}
	for h, part := range []string{"us", "uk"} {
		state := wests[h].state
		out = append(out, Statistic{ID: "T36." + part, Short: strings.ToUpper(part) + " covert answers known",
			Label: "covert answers of the " + state + " to China that became known", Unit: "answers", Kind: Count,
			reading: reading{partCount("T36", state), func(w *World) float64 { return w.covert[h] }}})
	}
	return append(out, Statistic{ID: "T19", Short: "answered at R6", Kind: Share, reading: traded.share(),
		Label: "share of accusations answered by reduced relations (R6) within 30 days"})
}

// dialogueStatistics compare the lives of formal dialogues. The dates on which they
// were set up, and the leaders' meetings that set one up again, are inputs.
func dialogueStatistics() []Statistic {
	return []Statistic{
		{ID: "T20.exposed", Short: "accusations amid dialogue", Label: "accusations in the life of a formal dialogue",
			Unit: "accusations", Kind: Count, reading: Suspending.open()},
		{ID: "T20", Short: "suspended by one", Label: "dialogues suspended within 30 days after an accusation",
			Unit: "suspensions", Kind: Count, reading: reading{ended(evidence.Suspended), func(w *World) float64 {
				yes, _ := w.ask(Suspending.Simulated)
				return yes
			}}},
		{ID: "T21", Short: "dialogues lapsed", Label: "dialogues that lapsed", Unit: "lapses", Kind: Count,
			reading: reading{ended(evidence.Lapsed), func(w *World) float64 {
				n := 0
				w.dialogues(func(d *Dialogue) { n += d.Lapses })
				return float64(n)
			}}},
		{ID: "T22", Short: "age at the end", Label: "median age of a dialogue at its end", Use: Plausibility, Kind: Duration,
			reading: target("T22", middleOf(func(d *Dialogue) []float64 { return d.Ages }))},
		{ID: "T23", Short: "rupture to agreement", Label: "median time from rupture to the agreement that ends it",
			Kind: Duration, Judged: 0.5, reading: target("T23", middleOf(func(d *Dialogue) []float64 { return d.Recoveries }))},
		{ID: "T24", Short: "gap between meetings", Label: "median gap between meetings", Use: Echo, Kind: Duration,
			reading: target("T24", middleOf(func(d *Dialogue) []float64 { return d.Gaps }))},
		{ID: "T33", Short: "US dialogue alive", Label: "share of the time with a formal American dialogue alive", Kind: Share,
			reading: alive(0, newYear(2013))},
		{ID: "T33.uk", Short: "UK dialogue alive", Label: "the same for the United Kingdom since 2015", Kind: Share,
			Needs: newYear(2019), reading: alive(1, newYear(2015))},
	}
}
