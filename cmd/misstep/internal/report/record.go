package report

import (
	"cmp"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/summary"
)

// Record is what the public record has to do with the result; nil in a run that is not
// calibrated.
type Record struct {
	*runfolder.Learned        // counts of numbers; nil where they are not known
	Forum, Lives       int    // numbers that it informs: what a forum does, how long it lasts
	Before, After      string // the difference before it; empty where it is not known
	LevelFrom, LevelTo string // of the headline's outcome in the baseline
}

// standing says what the record has to do with the result.
func (w *writer) standing() {
	h := &w.Summary.Headline
	r := &Record{Learned: w.Manifest.Learned}
	if h.Calibrated {
		w.Record = r
	}
	for i := range w.Manifest.Parameters {
		p := &w.Manifest.Parameters[i]
		group, _, _ := strings.Cut(p.Name, ".")
		switch {
		case p.Posterior == "":
		case group == "strength" || group == "effect" || group == "clarify":
			r.Forum++
		case group == "life":
			r.Lives++
		}
	}
	if w.Comparison == nil || w.Comparison.Headline == nil || w.Comparison.Identical {
		return
	}
	m := w.Summary.Contrasts[0].Measure(h.Measure)
	n, factor := answer.SectionDigits(m), say.Factor(m.Unit)
	if h.Coupling != "" && !w.Summary.Run.Alone {
		w.OtherCoupling = strings.TrimSpace(say.Signed(factor*h.Other.Value, n) + "\u00a0" +
			say.PlusMinus(h.Other, factor, n))
	}
	if h.Prior == nil {
		return
	}
	write := func(e summary.Estimate, number func(float64) string) string {
		return w.ranged(say.Scaled(e, factor), number)
	}
	r.Before, r.After = write(h.Prior.Difference, signed(n)), write(h.Difference, signed(n))
	r.LevelFrom, r.LevelTo = write(h.Prior.Baseline, digits(n)), write(h.Baseline, digits(n))
}

// Tables are the tables of fit and hindcast that the program ships, nil for none; tests
// put theirs in place.
var Tables = shippedTables

func shippedTables() (fit, hindcast []byte) { return posterior.FitTable(), backtest.Hindcast }

// records read these tables, of what there is to read.
func (w *writer) records() {
	fit, hindcast := Tables()
	if fit == nil {
		return
	}
	if rows, err := say.CSVRows(fit); err == nil {
		w.Fit = newFit(rows)
	}
	if rows, err := say.CSVRows(hindcast); err == nil {
		w.Past = newHindcast(rows)
	}
}

// Fit is how simulated records meet the real one.
type Fit struct {
	Statistics  *Table // with the central 90 % of what simulated histories show
	All, Misses int    // statistics that it is fitted to, and those outside
	Outside     string // their names
	Counted     int    // all of them
	More, In    int    // statistics that come back or are predicted only, and those inside
	Sums        []Sum
}

// Sum is how many accusations of China come out of the fit, beside those on record.
type Sum struct{ By, Median, Low, High, Documented string }

// fitNames are short names of statistics that lean on the line above.
var fitNames = map[string]string{"T4": "gaps between incidents"}

// fitUses say what a statistic is for.
var fitUses = map[string]string{"C": "fitted to", "E": "an input that comes back", "P": "predicted only"}

func newFit(rows []say.CSVRow) *Fit {
	f := &Fit{
		Statistics: newTable("lrrrll", "statistic", "in the record", "before the fit", "after it", "use", "reading")}
	accusers := map[string]string{"T26.us": "the United States", "T26.uk": "the United Kingdom"}
	var outside []string
	for _, r := range rows {
		unit, reading := r["unit"], "inside"
		if r["inside"] != "true" {
			reading = strings.TrimSuffix("outside: "+r["why"], ": ")
		}
		switch inside := r["inside"] == "true"; {
		case r["use"] == "C":
			if f.All++; !inside {
				outside = append(outside, cmp.Or(fitNames[r["target"]], r["statistic"]))
			}
		default:
			if f.More++; inside {
				f.In++
			}
		}
		f.Statistics.add(r["statistic"], measured(r.Number("observed"), unit), interval(r, "prior_5", "prior_95", unit),
			interval(r, "posterior_5", "posterior_95", unit), fitUses[r["use"]], reading)
		if by := accusers[r["id"]]; by != "" {
			whole := func(column string) string { return say.Number(r.Number(column), 0) }
			f.Sums = append(f.Sums, Sum{by, whole("posterior_50"), whole("posterior_5"), whole("posterior_95"),
				whole("observed")})
		}
	}
	f.Counted = len(rows)
	f.Misses, f.Outside = len(outside), say.And(outside)
	return f
}

// measured writes a number of a table with its unit, three digits of it.
func measured(x float64, unit string) string {
	if math.IsNaN(x) {
		return "none"
	}
	text := say.Short(x, false)
	switch unit {
	case "", "–":
		return text
	case "d":
		unit = "days"
	}
	return text + "\u00a0" + unit
}

func interval(r say.CSVRow, low, high, unit string) string {
	return measured(r.Number(low), "") + " to " + measured(r.Number(high), unit)
}

// Hindcast is what fits to a part of the record predicted of the rest.
type Hindcast struct {
	Years           *Table
	Counted, Widest string // how many years, and that with the largest gap; empty where there are none
	All, British    Yearly
	TooFew, TooMany bool
}

// Yearly is how predictions of a quantity met what came.
type Yearly struct {
	Numbers, Held   int    // numbers, and those in their 90 % range
	Came, Predicted string // a year
	Should          string // as many as should have been held, or more; empty where enough were

	came, predicted float64 // in all
	exposure        float64 // [y]; a year in which the record ends counts in part
	widest          string  // the year with the largest gap between the two in a prediction
	years           map[string]bool
}

// hindcastQuantities are what a hindcast predicts; the first two year by year.
var hindcastQuantities = []struct{ id, words, unit string }{
	{"accusations", "accusations of China", "accusations"}, {"british", "those with British part", "accusations"},
	{"joint", "share of them joined by three states or more", ""}, {"penalised", "share with a penalty", ""},
	{"suspended", "share that suspended a dialogue", ""},
}

func newHindcast(rows []say.CSVRow) *Hindcast {
	h := &Hindcast{Years: newTable("lllrr", "what", "fitted up to", "year", "came", "predicted (90 %)")}
	for _, q := range hindcastQuantities {
		for _, r := range rows {
			if r["quantity"] == q.id {
				h.Years.add(q.words, r["cutoff"], cmp.Or(r["year"], "all after"), measured(r.Number("observed"), q.unit),
					measured(r.Number("q50"), "")+" ("+interval(r, "q05", "q95", q.unit)+")")
			}
		}
	}
	h.All, h.British = countYears(rows, "accusations"), countYears(rows, "british")
	if a, b := &h.All, &h.British; a.Numbers > 0 && b.Numbers > 0 {
		h.Counted, h.Widest = say.Counted(len(a.years), "year"), a.widest
		h.TooFew = a.predicted < .8*a.came && b.predicted < .8*b.came
		h.TooMany = a.predicted > 1.25*a.came && b.predicted > 1.25*b.came
	}
	return h
}

// countYears counts how predictions of a quantity met what came. Ranges held enough where
// they held nine of ten, less what is no whole number; with their ends they should hold more.
func countYears(rows []say.CSVRow, quantity string) Yearly {
	y, gap := Yearly{years: map[string]bool{}}, -1.
	for _, r := range rows {
		came, mean := r.Number("observed"), r.Number("mean")
		if r["quantity"] != quantity || math.IsNaN(came) {
			continue
		}
		y.Numbers++
		y.years[r["year"]] = true
		y.exposure += r.Number("exposure_years")
		y.came += came
		y.predicted += mean
		if d := math.Abs(came - mean); d > gap {
			gap, y.widest = d, r["year"]
		}
		if came >= r.Number("q05") && came <= r.Number("q95") {
			y.Held++
		}
	}
	y.Came, y.Predicted = say.Number(y.came/y.exposure, 1), say.Number(y.predicted/y.exposure, 1)
	if n := .9 * float64(y.Numbers); float64(y.Held) < math.Floor(n) {
		y.Should = say.Number(n, 0)
	}
	return y
}
