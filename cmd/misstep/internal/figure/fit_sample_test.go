package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// target is a target in one line: unknown ends are NaN.
func target(id, use, label, unit string, observed, low, high float64, prior, post [3]float64, why string) FitTarget {
	return FitTarget{ID: id, Use: use, Label: label, Unit: unit, Observed: observed, Low: low, High: high, Prior: prior,
		Post: post, Inside: why == "", Why: why}
}

// someTargets has the shape of a real fit.
func someTargets() *FitInput {
	type q = [3]float64
	in := &FitInput{
		Subtitle: []string{"United States, United Kingdom and China, 2013–2026", "4,000 particles, effective size 1,210",
			"seed 1"},
		Targets: []FitTarget{
			target("T1", "C", "Incidents against the US", "1/y", 3.7, 2.8, 7, q{1.2, 4.1, 9.8}, q{2.6, 4.0, 5.9}, ""),
			target("T2", "C", "Incidents against the UK", "1/y", 1, .5, 1.9, q{.2, .9, 3.1}, q{.5, 1, 1.8}, ""),
			target("T3", "C", "Variance over mean, yearly", "–", 1.1, .6, 2, q{.5, 1, 2.3}, q{.6, 1.1, 1.9}, ""),
			target("T4", "C", "Variation of the gaps", "–", 1.35, 1, 1.7, q{.7, 1, 1.5}, q{.8, 1.05, 1.3},
				"gaps vary more than a Poisson process with a slow rate lets them"),
			target("T9", "C", "Start to detection, median", "d", 340, 60, 600, q{40, 210, 1100}, q{130, 290, 520}, ""),
			target("T11", "C", "Incidents ever attributed", "–", .41, .33, nan, q{.08, .3, .66}, q{.3, .42, .55}, ""),
			target("T12", "C", "Joined by three states or more", "–", .33, .18, .52, q{.05, .22, .6}, q{.2, .32, .46}, ""),
			target("T13", "C", "With a penalty within 90 days", "–", .63, .44, .79, q{.2, .55, .9}, q{.48, .61, .74}, ""),
			target("T18", "C", "Formal counter-accusations", "1/y", 4, 2.5, 5.5, q{.3, 1.9, 6.2}, q{1.4, 2.7, 4.4}, ""),
			target("T19", "C", "Trade measures within 30 days", "–", .04, 0, .16, q{0, .05, .3}, q{0, .04, .12}, ""),
			target("T20", "C", "Dialogue suspended in 30 days", "–", .5, .1, .9, q{0, .4, 1}, q{0, .5, 1}, ""),
			target("T21", "C", "Hazard of a silent lapse", "1/y", .38, .05, 1.36, q{.05, .37, 1.4}, q{.09, .38, .98}, ""),
			target("T23", "C", "Rupture to agreement", "d", 480, 135, 560, q{170, 470, 990}, q{230, 450, 780}, ""),
			target("T26", "C", "Accusations 2024–2025", "1/y", 6.5, 3.5, 11.1, q{.4, 2.9, 14}, q{3.6, 5.6, 8.3}, ""),
			target("T32", "C", "Detection to disclosure, median", "d", 53, 36, 87, q{12, 55, 240}, q{34, 54, 88}, ""),
			target("T5", "E", "Share of severity 3", "–", .49, .37, .61, q{.41, .48, .56}, q{.41, .48, .56}, ""),
			target("T15", "E", "Denials within a week", "–", 1, .8, 1, q{.86, .95, 1}, q{.86, .95, 1}, ""),
			target("T16", "E", "Counter-accusations, week", "–", 1, .6, 1, q{.8, .93, 1}, q{.8, .93, 1}, ""),
			target("T24", "E", "Gap between meetings", "d", 196, 90, 300, q{118, 195, 290}, q{118, 195, 290}, ""),
			target("T30", "E", "Ruptures without cyber cause", "1/y", .22, .05, .64, q{.06, .21, .6}, q{.06, .21, .6}, ""),
			target("T7", "P", "Responses beyond chance", "–", .017, -.017, .048, q{-.01, .03, .12}, q{-.01, .02, .06}, ""),
			target("T10", "P", "Detection to attribution", "d", 147, 91, 739, q{40, 160, 900}, q{70, 150, 390}, ""),
			target("T14", "P", "Attribution to penalty", "d", 84.5, 10, 350, q{0, 21, 140}, q{0, 16, 62},
				"the model’s penalties fall on the day of the accusation or within two months"),
			target("T17", "P", "Counter-report in 90 days", "–", .92, .67, .99, q{.3, .7, 1}, q{.55, .82, 1}, ""),
			target("T22", "P", "Age of a dialogue at its end", "d", 681, 300, 1100, q{170, 700, 2400}, q{240, 690, 1900}, ""),
			target("T25", "P", "Incidents after the 2015 pact", "–", .43, .08, 1.24, q{.3, .9, 1.6}, q{.35, .88, 1.5}, ""),
			target("T28", "P", "Private words to public ones", "d", 730, 110, 730, q{20, 190, 1300}, q{40, 260, 900}, ""),
			target("T31", "P", "Penalties withheld in a thaw", "–", .55, .3, .8, q{.1, .4, .8}, q{.15, .44, .78}, ""),
		},
	}
	for i := range in.Targets {
		t := &in.Targets[i]
		t.OneSided = t.ID == "T11"
		t.Log = strings.Contains(" T9 T10 T22 T28 T32 ", " "+t.ID+" ")
	}
	return in
}

// parameterNames are paths as the registry has them.
var parameterNames = strings.Fields(
	`choice.price evidence.gap disclosure.share discovery.share coalition.join evidence.skill choice.cost
	disclosure.delay choice.rationality choice.audience life.lapse reply.price discovery.stealthy life.restore
	tension.halflife evidence.confidence choice.thaw choice.innocence type.status_quo type.hostile_status_quo
	type.hostile_revisionist type.reply_status_quo type.reply_revisionist onset.contagion onset.deterrence
	onset.deterrence_halflife severity.spread evidence.signal evidence.false_alarm evidence.severity_noise
	evidence.flag_rate evidence.flag_hit belief.initial belief.reversion tension.private tension.disclosure
	choice.lookahead choice.private_cost choice.operation choice.firebreak_a choice.firebreak_b choice.climbdown
	reply.tension reply.denial coalition.share life.gap life.suspend life.contact clarify.deny_guilty
	clarify.deny_innocent strength.clarify strength.delay strength.trust effect.breach effect.leak`)

// someParameters has the shape of a real posterior: few parameters learn much.
func someParameters() *LearnedInput {
	in := &LearnedInput{Subtitle: []string{"United States, United Kingdom and China, 2013–2026",
		"4,000 particles, effective size 1,210", "seed 1"}}
	for i, name := range parameterNames {
		k := .62 * math.Exp(-float64(i)/7)
		q := LearnedParameter{Name: name, Contraction: k}
		mid := .5 + .3*k*math.Sin(float64(3*i+1))*2
		for j, z := range []float64{-.45, -.25, 0, .25, .45} {
			q.Percentile[j] = min(max(mid+z*(1-k)*(1+.1*math.Cos(float64(i+j))), .004), .996)
		}
		slices.Sort(q.Percentile[:])
		for j := range max(4-i/3, 0) {
			q.InformedBy = append(q.InformedBy, []string{"T26", "T12", "T11", "T1"}[(i+j)%4])
		}
		in.Parameters = append(in.Parameters, q)
	}
	return in
}

var accusedByYear = []int{0, 1, 0, 0, 1, 2, 0, 4, 1, 1, 2, 8, 5, 2}

// somePanels are four fits, each of which sees two years more.
func somePanels() *BacktestInput {
	in := &BacktestInput{
		Quantity:  "accusations of China a year",
		Subtitle:  []string{"4 fits of 2,000 particles", "seed 1"},
		Baselines: []string{"mean of the last five years", "last year again"},
	}
	for _, seen := range []int{2018, 2020, 2022, 2023} {
		q := BacktestPanel{Cutoff: fmt.Sprint("31 Dec ", seen), Seen: seen}
		total, n := 0, 0
		for i, k := range accusedByYear {
			y := BacktestYear{Year: 2013 + i, Observed: k, Band: noBand, Baselines: [2]float64{nan, nan}}
			if y.Year <= seen {
				if y.Year > seen-5 {
					total += k
					n++
				}
			} else {
				y.Baselines = [2]float64{float64(total) / float64(n), float64(accusedByYear[seen-2013])}
				m := y.Baselines[0] + .5 + .25*float64(y.Year-seen)
				for j, f := range []float64{.1, .6, 1, 1.6, 3} {
					y.Band[j] = math.Floor(m * f)
				}
			}
			q.Years = append(q.Years, y)
		}
		in.Panels = append(in.Panels, q)
	}
	for i := range in.Panels {
		got, of := seenBy(in.Panels[i]).compared()
		in.Panels[i].Text = fmt.Sprintf("log score %s on the mean; %d of %d inside 90\u00a0%%",
			chart.Signed(.31*float64(i)-.2), got, of)
	}
	return in
}

// seenBy marks the years that a panel has not seen.
func seenBy(q BacktestPanel) BacktestPanel {
	for i := range q.Years {
		q.Years[i].ahead = q.Years[i].Year > q.Seen
	}
	return q
}

// aForecast is one panel of years that nobody knows.
func aForecast() *BacktestInput {
	in := somePanels()
	in.Panels = in.Panels[3:]
	q := &in.Panels[0]
	q.Cutoff, q.Seen, q.Text = "30 Jun 2026", 2026, "the year 2026 is counted to June"
	for i := range q.Years {
		q.Years[i].Band, q.Years[i].Baselines = noBand, [2]float64{nan, nan}
	}
	q.Years = append(q.Years, yearsFrom(2027, []int{-1, -1, -1, -1, -1},
		slices.Repeat([][5]float64{{1, 3, 5, 7, 12}}, 5))...)
	return in
}
