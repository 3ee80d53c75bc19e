package answer

import (
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// Table is summary.csv: it has a row for each measure of each contrast, with the shares of draws where it has them.
func Table(s *summary.Summary) []byte {
	columns := "baseline treatment outcome label unit goodness paired"
	for _, part := range []string{"baseline", "treatment", "difference", "ratio"} {
		for _, number := range []string{"value", "mc", "low", "high"} {
			columns += " " + part + "_" + number
		}
	}
	sheet := say.NewSheet(say.Exact, columns+" delta worse worse_low worse_high within within_low within_high "+
		"better better_low better_high verdict")
	for i := range s.Contrasts {
		c := &s.Contrasts[i]
		for k := range c.Measures {
			m := &c.Measures[k]
			shares := make([]string, 10)
			if x := m.Shares; x != nil {
				shares = say.Cells(x.Delta, x.Worse.Value, x.Worse.Low, x.Worse.High, x.Within.Value, x.Within.Low,
					x.Within.High, x.Better.Value, x.Better.Low, x.Better.High)
			}
			sheet.Row(c.Baseline, c.Treatment, m.ID, m.Label, m.Unit, m.Goodness, m.Paired, m.Baseline, m.Treatment,
				m.Difference, m.Ratio, shares, m.Verdict)
		}
	}
	return sheet.CSV()
}
