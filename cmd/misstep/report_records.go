package main

import (
	"bytes"
	"encoding/csv"
	"slices"

	"github.com/misstep/misstep/model/backtest"
	"github.com/misstep/misstep/model/evidence/posterior"
)

// shippedRecords are the tables of fit and hindcast that the program ships, with the
// columns that a reader needs.
func shippedRecords() []recordTable {
	var out []recordTable
	if fit := columnsOf(posterior.FitTable(), "target", "statistic", "use", "observed", "prior_5", "prior_95", "posterior_5", "posterior_50", "posterior_95", "inside"); fit != nil {
		out = append(out, recordTable{"How the fit meets the record",
			"Each line is a statistic of the public record, with the central 90 % of what fresh simulated histories show before and after the fit. Use C: fitted to; E: an input that comes back; P: predicted only. A line that is not inside is a miss.", fit})
	}
	if h := columnsOf(backtest.Hindcast, "cutoff", "quantity", "year", "observed", "q05", "q50", "q95"); h != nil {
		out = append(out, recordTable{"Hindcast: years that a fit had not seen",
			"Fits to the record up to a cut-off, and what they predicted for the years after it: accusations of China, and those with British part. A hindcast, since the design knew these years. Its 90 % intervals held 80 % of what came, and 66 % with British part.", h})
	}
	return out
}

// columnsOf keeps some columns of a table, in the order given; nil where the table
// has not all of them.
func columnsOf(table []byte, names ...string) []byte {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil
	}
	var at []int
	for _, n := range names {
		k := slices.Index(rows[0], n)
		if k < 0 {
			return nil
		}
		at = append(at, k)
	}
	kept := make([][]string, len(rows))
	for i, row := range rows {
		for _, k := range at {
			kept[i] = append(kept[i], row[k])
		}
	}
	return tableCSV(kept)
}
