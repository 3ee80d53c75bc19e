package run

import (
	_ "embed"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// The files of a run beside its figures.
const (
	SummaryJSON = "summary.json"
	SummaryCSV  = "summary.csv"
	curvesCSV   = "curves.csv"
	historyJSON = "history.json"
)

// SummarySchema is the JSON Schema of summary.json.
//
//go:embed summary.schema.json
var SummarySchema []byte

// complete gives every list of a summary its brackets, so that a reader of the
// JSON never meets null, and the warnings their sentences.
func complete(s *summary.Summary) *summary.Summary {
	say.Warn(s.Warnings)
	if s.Contrasts == nil {
		s.Contrasts = []summary.Contrast{}
	}
	for i := range s.Arms {
		a := &s.Arms[i]
		if a.Channels == nil {
			a.Channels = []summary.ChannelUptime{}
		}
		if a.Attribution.Reliability == nil {
			a.Attribution.Reliability = []summary.ReliabilityBin{}
		}
	}
	return s
}

// resultFiles are the results of a run as files.
func resultFiles(s *summary.Summary) []runfolder.File {
	complete(s)
	return []runfolder.File{
		runfolder.NewFile(SummaryJSON, say.JSON(s), false),
		runfolder.NewFile(SummaryCSV, measuresCSV(s), false),
		runfolder.NewFile(curvesCSV, curvesTable(s), false),
	}
}

// measuresCSV has a row for each measure of each contrast.
func measuresCSV(s *summary.Summary) []byte {
	header := []string{"baseline", "treatment", "measure", "label", "unit", "goodness", "paired"}
	for _, part := range []string{"baseline", "treatment", "difference", "ratio"} {
		for _, number := range []string{"value", "mc", "low", "high"} {
			header = append(header, part+"_"+number)
		}
	}
	rows := [][]string{append(header, "harm_share", "harm_low", "harm_high", "verdict")}
	for i := range s.Contrasts {
		c := &s.Contrasts[i]
		for k := range c.Measures {
			m := &c.Measures[k]
			row := []string{c.Baseline, c.Treatment, m.ID, m.Label, m.Unit, strconv.Itoa(m.Goodness),
				strconv.FormatBool(m.Paired)}
			for _, e := range []summary.Estimate{m.Baseline, m.Treatment, m.Difference, m.Ratio} {
				row = append(row, say.Exact(e.Value), say.Exact(e.MC), say.Exact(e.Low), say.Exact(e.High))
			}
			rows = append(rows, append(append(row, harmCells(m)...), string(m.Verdict)))
		}
	}
	return say.CSV(rows)
}

// harmCells are the share of harmful draws and its interval: empty where no side is
// worse, without the share where noise hides it.
func harmCells(m *summary.Measure) []string {
	switch {
	case m.Goodness == 0:
		return []string{"", "", ""}
	case !m.Harm.Resolved:
		return []string{"", say.Exact(m.Harm.Low), say.Exact(m.Harm.High)}
	}
	return []string{say.Exact(m.Harm.Share), say.Exact(m.Harm.Low), say.Exact(m.Harm.High)}
}

// curvesTable has a row for each point of each curve of each arm.
func curvesTable(s *summary.Summary) []byte {
	rows := [][]string{{"arm", "class", "cause", "days", "value", "mc_low", "mc_high", "low", "high"}}
	for i := range s.Arms {
		for k := range s.Arms[i].Curves {
			c := &s.Arms[i].Curves[k]
			for t := range c.Days {
				rows = append(rows, []string{s.Arms[i].Name, c.Class, c.Cause, say.Exact(c.Days[t]), say.Exact(c.Value[t]),
					say.Exact(c.MCLow[t]), say.Exact(c.MCHigh[t]), say.Exact(c.Low[t]), say.Exact(c.High[t])})
			}
		}
	}
	return say.CSV(rows)
}
