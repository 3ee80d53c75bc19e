package calibrate

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// Statistics lists what is compared, in the order of the targets. The choice and
// its reasons are in docs/CALIBRATION.md.
func Statistics() []Statistic {
	var out []Statistic
	out = append(out, incidentStatistics()...)
	out = append(out, delayStatistics()...)
	out = append(out, accusationStatistics()...)
	out = append(out, replyStatistics()...)
	return append(out, dialogueStatistics()...)
}

// incidentStatistics compare what data sets hold: their yearly averages, over the
// years that the histories cover.
func incidentStatistics() []Statistic {
	// A count is complete when its data set is closed.
	endDCID, endEuRepoC := newYear(DCID.Closed), newYear(EuRepoC.Closed)
	return []Statistic{
		{ID: "T1.dcid", Short: "US incidents, DCID", Target: "T1",
			Label: "incidents against the United States in DCID, 2013–2020", Unit: "incidents", Use: Calibrate, Kind: Count,
			Floor: 0.25, Needs: endDCID,
			observed:  cited(3.73*8, 56),
			simulated: func(w *World) float64 { return float64(len(w.dcid.Starts)) }},
		{ID: "T1.eurepoc", Short: "US incidents, EuRepoC", Target: "T1", Label: "the same in EuRepoC, 2013–2023",
			Unit: "incidents", Use: Calibrate, Kind: Count, Floor: 0.25, Needs: endEuRepoC,
			observed:  cited(5.79*11, 110),
			simulated: func(w *World) float64 { return float64(len(w.eurepoc[0].Starts)) }},
		{ID: "T2", Short: "UK incidents, EuRepoC", Target: "T2",
			Label: "incidents against the United Kingdom in EuRepoC, 2016–2024", Unit: "incidents", Use: Calibrate,
			Kind:  Count,
			Floor: 0.25, Needs: newYear(2025),
			observed:  cited(9, 9),
			simulated: func(w *World) float64 { return float64(len(w.eurepoc[1].Starts)) }},
		{ID: "T3", Short: "dispersion of yearly counts", Target: "T3",
			Label: "variance over mean of the yearly counts in DCID", Unit: "–", Use: Calibrate, Kind: Duration, Noisy: true,
			Floor: 0.1, Needs: endDCID,
			observed: fromTarget("T3"),
			simulated: func(w *World) float64 {
				return dispersion(w.dcid.Starts, newYear(DCID.From).Sub(w.starts[0]).Hours()/24, DCID.To-DCID.From+1)
			}},
		{ID: "T4", Short: "variation of gaps", Target: "T4", Label: "coefficient of variation of their gaps", Unit: "–",
			Use: Calibrate, Kind: Duration, Noisy: true, Floor: 0.05, Needs: endDCID,
			observed: fromTarget("T4"), simulated: func(w *World) float64 { return w.gapVariation(w.dcid.Starts) }},
		{ID: "T5", Short: "share of severity 3", Target: "T5", Label: "share of severity 3 in DCID", Unit: "–", Use: Echo,
			Kind: Share, Needs: endDCID,
			observed: fromTarget("T5"), simulated: func(w *World) float64 { return severityThree(w.dcid.Severities) }},
		{ID: "T6", Short: "share of espionage", Target: "T6", Label: "share of espionage in DCID", Unit: "–", Use: Echo,
			Kind: Share, Needs: endDCID,
			observed:  fromTarget("T6"),
			simulated: func(w *World) float64 { return float64(w.dcid.Espionage) / float64(len(w.dcid.Starts)) }},
		{ID: "T11", Short: "share ever attributed", Target: "T11",
			Label: "share of public incidents that a government ever attributes", Unit: "–", Use: Calibrate, Kind: Share,
			Low: true, Judged: 0.04, Floor: 0.05, Needs: endEuRepoC,
			observed: fromTarget("T11"),
			simulated: func(w *World) float64 {
				n := len(w.eurepoc[0].Starts) + len(w.eurepoc[1].Starts)
				return float64(w.eurepoc[0].Attributed+w.eurepoc[1].Attributed) / float64(n)
			}},
	}
}

// severityThree is the share that a coder would round to 3.
func severityThree(all []float64) float64 {
	n := 0
	for _, s := range all {
		if math.Round(s) == 3 {
			n++
		}
	}
	return float64(n) / float64(len(all))
}

// delayStatistics compare delays of famous cases with those of simulated incidents
// that would have become famous.
func delayStatistics() []Statistic {
	discovery := func(k *Incident, _ *Record) float64 { return k.Discovered - k.Start }
	disclosure := func(k *Incident, r *Record) float64 {
		if k.Disclosed > r.Until {
			return math.NaN()
		}
		return k.Disclosed - k.Discovered
	}
	named := func(k *Incident, r *Record) float64 {
		if k.Accused > r.Until {
			return math.NaN()
		}
		return k.Accused - k.Discovered
	}
	// The middle of n delays is uncertain by about 1.25·σ/√n, and their quartiles'
	// ratio by about twice as much; σ of the logarithm is near 2 and near 1.
	return []Statistic{
		{ID: "T9", Short: "start to detection", Target: "T9", Label: "median time from start to detection, known espionage",
			Unit: "d", Use: Calibrate, Kind: Duration, Judged: 0.75, Floor: 0.1,
			observed:  delayMedian(startToDetection),
			simulated: func(w *World) float64 { return quantile(w.delays(discovery), 0.5) }},
		{ID: "T9.spread", Short: "its quartiles, log ratio", Target: "T9", Label: "logarithm of the ratio of its quartiles",
			Unit: "–", Use: Calibrate, Kind: Plain, Judged: 1, Noisy: true, Floor: 0.1,
			observed: delaySpread(startToDetection), simulated: func(w *World) float64 { return spread(w.delays(discovery)) }},
		{ID: "T10", Short: "detection to attribution", Target: "T10",
			Label: "median time from detection to attribution, given attribution", Unit: "d", Use: Plausibility, Kind: Duration,
			observed:  delayMedian(detectionToAttribution),
			simulated: func(w *World) float64 { return quantile(w.delays(named), 0.5) }},
		{ID: "T32", Short: "detection to disclosure", Target: "T32", Label: "median time from detection to disclosure",
			Unit: "d", Use: Calibrate, Kind: Duration, Judged: 0.38, Floor: 0.1,
			observed:  delayMedian(detectionToDisclosure),
			simulated: func(w *World) float64 { return quantile(w.delays(disclosure), 0.5) }},
		{ID: "T32.spread", Short: "its quartiles, log ratio", Target: "T32", Label: "logarithm of the ratio of its quartiles",
			Unit: "–", Use: Calibrate, Kind: Plain, Judged: 0.5, Noisy: true, Floor: 0.1,
			observed:  delaySpread(detectionToDisclosure),
			simulated: func(w *World) float64 { return spread(w.delays(disclosure)) }},
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
func ledStatistics(id, short, state string, history int, periods [][2]int) []Statistic {
	out := make([]Statistic, 0, len(periods)+1)
	for _, p := range periods {
		years := evidence.Years(p[0], p[1])
		out = append(out, Statistic{
			ID: fmt.Sprintf("T26.%s.%d", id, p[0]), Short: short + "-led, " + years, Target: "T26",
			Label: "accusations of China led by the " + state + ", " + years, Unit: "accusations",
			Use: Calibrate, Kind: Count, Floor: 0.25, Needs: newYear(p[0]+1).AddDate(0, -7, 0),
			observed:  accusationCount(p[0], p[1], led(state)),
			simulated: func(w *World) float64 { return w.yearly(history, p[0], p[1]) },
		})
	}
	from, to := periods[0][0], periods[len(periods)-1][1]
	return append(out, Statistic{
		ID: "T26." + id, Short: short + "-led, in all", Target: "T26",
		Label: "accusations of China led by the " + state + ", in all", Unit: "accusations",
		Use: Plausibility, Kind: Count, observed: accusationCount(from, to, led(state)),
		simulated: func(w *World) float64 { return w.yearly(history, from, to) },
	})
}

func accusationStatistics() []Statistic {
	out := ledStatistics("us", "US", america, 0, americanPeriods)
	out = append(out, ledStatistics("uk", "UK", britain, 1, britishPeriods)...)
	penalty := func(a *Accusation, r *Record) bool { return r.Incidents[a.Incident].Penalty-a.At <= 90 }
	return append(out,
		Statistic{ID: "T34", Short: "with British part", Target: "T34",
			Label: "accusations with British part since December 2018", Unit: "accusations", Use: Calibrate, Kind: Count,
			Floor: 0.25, Needs: newYear(2020),
			observed: britishPart, simulated: func(w *World) float64 {
				return w.withBritain(time.Date(2018, 12, 1, 0, 0, 0, 0, time.UTC), newYear(2030))
			}},
		Statistic{ID: "T12", Short: "three states or more", Target: "T12",
			Label: "share of accusations joined by three states or more", Unit: "–", Use: Calibrate, Kind: Share, Floor: 0.05,
			observed: accusationShare(jointStates), simulated: func(w *World) float64 {
				return w.share(every, func(a *Accusation, _ *Record) bool { return a.Partners >= 2 })
			}},
		Statistic{ID: "T13", Short: "penalty within 90 d", Target: "T13",
			Label: "share of accusations with a penalty within 90 days", Unit: "–", Use: Calibrate, Kind: Share, Floor: 0.05,
			observed: accusationShare(penalised), simulated: func(w *World) float64 { return w.share(every, penalty) }},
	)
}

// withBritain counts accusations in which the United Kingdom took part, in [from, to).
func (w *World) withBritain(from, to time.Time) float64 {
	n := 0
	a, b := from.Sub(w.starts[0]).Hours()/24, to.Sub(w.starts[0]).Hours()/24
	for _, at := range w.british {
		if at >= a && at < b {
			n++
		}
	}
	return float64(n)
}

// replyStatistics compare what China does in answer, and its own accusations.
func replyStatistics() []Statistic {
	denied := func(a *Accusation, _ *Record) bool { return a.Denied }
	countered := func(a *Accusation, _ *Record) bool { return a.Counter }
	american := func(w *World) func(*Accusation, *Record) bool {
		return func(_ *Accusation, r *Record) bool { return r == w.American }
	}
	out := []Statistic{
		{ID: "T15", Short: "denied within a week", Target: "T15", Label: "share of accusations denied within a week",
			Unit: "–", Use: Echo, Kind: Share,
			observed: fromTarget("T15"), simulated: func(w *World) float64 { return w.share(every, denied) }},
		{ID: "T16", Short: "countered within a week", Target: "T16",
			Label: "share of American-led ones answered by a counter-accusation within a week", Unit: "–", Use: Echo,
			Kind:     Share,
			observed: fromTarget("T16"), simulated: func(w *World) float64 { return w.share(american(w), countered) }},
	}
	// Which reports are formal accusations is a judgement, good to ±1.5 a year (T18).
	for _, p := range []struct {
		from, to int
		judged   float64
	}{{2013, 2021, 0.7}, {2022, 2023, 0.45}, {2024, 2025, 0.35}} {
		years := evidence.Years(p.from, p.to)
		out = append(out, Statistic{
			ID: fmt.Sprintf("T18.%d", p.from), Short: "by China, " + years, Target: "T18",
			Label: "formal accusations by China, " + years, Unit: "accusations",
			Use: Calibrate, Kind: Count, Judged: p.judged, Floor: 0.25, Needs: newYear(p.to + 1),
			observed: reportCount(years), simulated: func(w *World) float64 { return w.reports(p.from, p.to) },
		})
	}
	return append(out, Statistic{ID: "T19", Short: "answered at R6", Target: "T19",
		Label: "share of accusations answered by reduced relations (R6) within 30 days", Unit: "–", Use: Calibrate,
		Kind: Share, Floor: 0.05,
		observed: accusationShare(traded), simulated: func(w *World) float64 {
			return w.share(every, func(a *Accusation, _ *Record) bool { return a.Trade })
		}})
}

// dialogueStatistics compare the lives of formal dialogues. The dates on which they
// were set up, and the leaders' meetings that set one up again, are inputs.
func dialogueStatistics() []Statistic {
	exposed := func(a *Accusation, _ *Record) bool { return a.Exposed }
	return []Statistic{
		{ID: "T20.exposed", Short: "accusations amid dialogue", Target: "T20",
			Label: "accusations in the life of a formal dialogue", Unit: "accusations", Use: Calibrate, Kind: Count, Floor: 0.25,
			observed: exposures, simulated: func(w *World) float64 { return w.count(exposed) }},
		{ID: "T20", Short: "suspended by one", Target: "T20", Label: "dialogues suspended within 30 days after an accusation",
			Unit: "suspensions", Use: Calibrate, Kind: Count, Floor: 0.25,
			observed: suspensions, simulated: func(w *World) float64 {
				return w.count(func(a *Accusation, _ *Record) bool { return a.Cut })
			}},
		{ID: "T21", Short: "dialogues lapsed", Target: "T21", Label: "dialogues that lapsed", Unit: "lapses", Use: Calibrate,
			Kind: Count, Floor: 0.25,
			observed: lapses, simulated: func(w *World) float64 {
				n := 0
				w.dialogues(func(d *Dialogue) { n += d.Lapses })
				return float64(n)
			}},
		{ID: "T22", Short: "age at the end", Target: "T22", Label: "median age of a dialogue at its end", Unit: "d",
			Use: Plausibility, Kind: Duration,
			observed:  fromTarget("T22"),
			simulated: func(w *World) float64 { return w.medianOf(func(d *Dialogue) []float64 { return d.Ages }) }},
		{ID: "T23", Short: "rupture to agreement", Target: "T23",
			Label: "median time from rupture to the agreement that ends it", Unit: "d", Use: Calibrate, Kind: Duration,
			Judged: 0.5, Floor: 0.1,
			observed:  fromTarget("T23"),
			simulated: func(w *World) float64 { return w.medianOf(func(d *Dialogue) []float64 { return d.Recoveries }) }},
		{ID: "T24", Short: "gap between meetings", Target: "T24", Label: "median gap between meetings", Unit: "d", Use: Echo,
			Kind:      Duration,
			observed:  fromTarget("T24"),
			simulated: func(w *World) float64 { return w.medianOf(func(d *Dialogue) []float64 { return d.Gaps }) }},
		{ID: "T33", Short: "US dialogue alive", Target: "T33",
			Label: "share of the time with a formal American dialogue alive", Unit: "–", Use: Calibrate, Kind: Share,
			Floor:    0.05,
			observed: aliveShare(america), simulated: func(w *World) float64 { return aliveIn(w.American) }},
		{ID: "T33.uk", Short: "UK dialogue alive", Target: "T33", Label: "the same for the United Kingdom since 2015",
			Unit: "–", Use: Calibrate, Kind: Share, Floor: 0.05, Needs: newYear(2019),
			observed: aliveShare(britain), simulated: func(w *World) float64 { return aliveIn(w.British) }},
	}
}

func aliveIn(r *Record) float64 {
	sum := 0.0
	for i := range r.Dialogues {
		sum += r.Dialogues[i].Alive
	}
	return math.Min(1, sum/r.Until)
}

// every accusation counts.
func every(*Accusation, *Record) bool { return true }

// count counts the accusations of both histories for which yes holds.
func (w *World) count(yes func(*Accusation, *Record) bool) float64 {
	n := 0
	for _, r := range w.records() {
		for i := range r.Accusations {
			if yes(&r.Accusations[i], r) {
				n++
			}
		}
	}
	return float64(n)
}

// dialogues shows those of both histories.
func (w *World) dialogues(show func(*Dialogue)) {
	for _, r := range w.records() {
		for i := range r.Dialogues {
			show(&r.Dialogues[i])
		}
	}
}

// medianOf is the median of the values of all dialogues.
func (w *World) medianOf(of func(*Dialogue) []float64) float64 {
	w.scratch = w.scratch[:0]
	w.dialogues(func(d *Dialogue) { w.scratch = append(w.scratch, of(d)...) })
	slices.Sort(w.scratch)
	return quantile(w.scratch, 0.5)
}
