package handover

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/posterior"
)

// recordTable is a table about the fit of the model to the record, with what it shows.
type recordTable struct {
	title, says string
	table       report.Table
	finding     string // where the model is weak, for the brief; "" for nothing to say there
}

// Tables are the tables of fit and hindcast that the program ships, nil for none; tests
// put theirs in place.
var Tables = shippedTables

func shippedTables() (fit, hindcast []byte) { return posterior.FitTable(), backtest.Hindcast }

// reportRecords are these tables as the report shows them.
func reportRecords() []recordTable {
	fit, hindcast := Tables()
	if fit == nil {
		return nil
	}
	return recordTables(fit, hindcast)
}

// recordTables are those of a fit and of a hindcast, of what there is to read.
func recordTables(fit, hindcast []byte) []recordTable {
	var out []recordTable
	if rows, err := say.CSVRows(fit); err == nil {
		out = append(out, fitRecord(rows))
	}
	if rows, err := say.CSVRows(hindcast); err == nil {
		out = append(out, hindcastRecord(rows))
	}
	return out
}

// fitUses say what a statistic is for.
var fitUses = map[string]string{"C": "fitted to", "E": "an input that comes back", "P": "predicted only"}

// fitNames are short names of statistics that lean on the line above.
var fitNames = map[string]string{"T4": "gaps between incidents"}

// fitRecord shows how simulated records meet the real one.
func fitRecord(rows []say.CSVRow) recordTable {
	t := report.Table{Caption: "Statistics of the record, with the central 90\u00a0% of what simulated histories show " +
		"before and after the fit", Stacked: true,
		Columns: []report.Column{{Title: "statistic"}, {Title: "in the record", Numbers: true},
			{Title: "before the fit", Numbers: true}, {Title: "after it", Numbers: true}, {Title: "use"}, {Title: "reading"}},
		Groups: []report.Group{{}}}
	var outside []string
	for _, r := range rows {
		reading := "inside"
		if r["inside"] != "true" {
			name := r["statistic"]
			if short, ok := fitNames[r["target"]]; ok {
				name = short
			}
			outside = append(outside, name)
			reading = strings.TrimSuffix("outside: "+r["why"], ": ")
		}
		unit := r["unit"]
		t.Groups[0].Rows = append(t.Groups[0].Rows,
			report.Row{Cells: report.Cells(r["statistic"], recordNumber(r.Number("observed"), unit),
				recordRange(r, "prior_5", "prior_95", unit), recordRange(r, "posterior_5", "posterior_95", unit), fitUses[r["use"]],
				reading)})
	}
	says := fmt.Sprintf("All %d statistics of the record lie inside the 90\u00a0%% of what the fitted model shows.",
		len(rows))
	if n := len(outside); n > 0 {
		says = fmt.Sprintf("All but %d of %d statistics of the record lie inside the 90\u00a0%% of what the fitted model "+
			"shows; outside: %s.", n, len(rows), say.And(outside))
	}
	return recordTable{title: "How the fit meets the record", says: says, table: t, finding: summedFinding(rows)}
}

// recordNumber writes a number of a table with its unit, three digits of it.
func recordNumber(x float64, unit string) string {
	if math.IsNaN(x) {
		return "none"
	}
	text := say.Number(x, max(0, min(2, 2-int(math.Floor(elem.Log10(math.Max(math.Abs(x), 1)))))))
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	switch unit {
	case "", "–":
		return text
	case "d":
		unit = "days"
	}
	return text + "\u00a0" + unit
}

func recordRange(r say.CSVRow, low, high, unit string) string {
	return recordNumber(r.Number(low), "") + " to " + recordNumber(r.Number(high), unit)
}

// hindcastQuantities are what a hindcast predicts; the first two year by year.
var hindcastQuantities = []struct{ id, words, unit string }{
	{"accusations", "accusations of China", "accusations"}, {"british", "those with British part", "accusations"},
	{"joint", "share of them joined by three states or more", ""}, {"penalised", "share with a penalty", ""},
	{"suspended", "share that suspended a dialogue", ""},
}

// hindcastRecord shows what fits to a part of the record predicted of the rest.
func hindcastRecord(rows []say.CSVRow) recordTable {
	t := report.Table{Caption: "What came in years that a fit had not seen, and what it predicted", Stacked: true,
		Columns: []report.Column{{Title: "what"}, {Title: "fitted up to"}, {Title: "year"}, {Title: "came", Numbers: true},
			{Title: "predicted (90\u00a0%)", Numbers: true}}, Groups: []report.Group{{}}}
	for _, q := range hindcastQuantities {
		for _, r := range rows {
			if r["quantity"] != q.id {
				continue
			}
			year := r["year"]
			if year == "" {
				year = "all after"
			}
			t.Groups[0].Rows = append(t.Groups[0].Rows,
				report.Row{Cells: report.Cells(q.words, r["cutoff"], year, recordNumber(r.Number("observed"), q.unit),
					fmt.Sprintf("%s (%s)", recordNumber(r.Number("q50"), ""), recordRange(r, "q05", "q95", q.unit)))})
		}
	}
	finding := hindcastFinding(rows)
	return recordTable{title: "Hindcast: years that a fit had not seen", table: t, finding: finding,
		says: "Fits to the record up to a day, and what they predicted for the years after it. It is no forecast: the " +
			"design knew these years. " + finding}
}

// yearly is how predictions of a quantity met what came.
type yearly struct {
	n, held         int
	came, predicted float64 // in all
	widest          string  // the year with the largest gap between the two in a prediction
	years           map[string]bool
}

func yearlyOf(rows []say.CSVRow, quantity string) yearly {
	y, gap := yearly{years: map[string]bool{}}, -1.
	for _, r := range rows {
		came := r.Number("observed")
		if r["quantity"] != quantity || math.IsNaN(came) {
			continue
		}
		y.n++
		y.years[r["year"]] = true
		y.came += came
		y.predicted += r.Number("mean")
		if d := math.Abs(came - r.Number("mean")); d > gap {
			gap, y.widest = d, r["year"]
		}
		if came >= r.Number("q05") && came <= r.Number("q95") {
			y.held++
		}
	}
	return y
}

// enough says whether the ranges held as many numbers as they should, by the next whole
// number below.
func (y *yearly) enough() string {
	if should := .9 * float64(y.n); float64(y.held) < math.Floor(should) {
		return fmt.Sprintf("fewer than the %.0f that are to be expected", should)
	}
	return "as many as they should"
}

// hindcastFinding says in a sentence or two where the hindcast is weak, "" without years.
func hindcastFinding(rows []say.CSVRow) string {
	all, british := yearlyOf(rows, "accusations"), yearlyOf(rows, "british")
	if all.n == 0 || british.n == 0 {
		return ""
	}
	per := func(x float64, n int) string { return strconv.FormatFloat(x/float64(n), 'f', 1, 64) }
	verdict := "about as many"
	switch {
	case all.predicted < .8*all.came && british.predicted < .8*british.came:
		verdict = "too few"
	case all.predicted > 1.25*all.came && british.predicted > 1.25*british.came:
		verdict = "too many"
	}
	text := fmt.Sprintf("Fits to earlier years expected %s public accusations of China in %s they had not seen: %s a "+
		"year where %s came, and of those in which Britain took part %s where %s came; the gap was widest in %s. Of %d "+
		"numbers on all accusations %d lay within their 90\u00a0%% range, %s; of %d on those with Britain %d, %s.",
		verdict, say.Counted(len(all.years), "year"), per(all.predicted, all.n), per(all.came, all.n),
		per(british.predicted, british.n), per(british.came, british.n), all.widest,
		all.n, all.held, all.enough(), british.n, british.held, british.enough())
	return text + " A change that nobody saw coming would be missed again, and with it what there is for a forum to " +
		"change, in either direction. What a forum does could not be tested so: history ran once."
}

// summedFinding says how accusations in all come out of the fit, beside those on record;
// "" where the table does not tell.
func summedFinding(rows []say.CSVRow) string {
	var parts []string
	for _, x := range []struct{ id, who string }{{"T26.us", "the United States"}, {"T26.uk", "the United Kingdom"}} {
		for _, r := range rows {
			if r["id"] == x.id {
				parts = append(parts, fmt.Sprintf("%s (%s to %s) led by %s, documented %s", say.Number(r.Number("posterior_50"), 0),
					say.Number(r.Number("posterior_5"), 0), say.Number(r.Number("posterior_95"), 0), x.who,
					say.Number(r.Number("observed"), 0)))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "In the fit that is used here, which knows all years, accusations of China, those that were only joined " +
		"aside, come in all to " + strings.Join(parts, "; and to ") + "."
}
