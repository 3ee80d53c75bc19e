package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/summary"
)

// The files of a run beside its figures.
const (
	summaryJSON = "summary.json"
	summaryCSV  = "summary.csv"
	curvesCSV   = "curves.csv"
	historyJSON = "history.json"
)

// summarySchema is the JSON Schema of summary.json.
//
//go:embed summary.schema.json
var summarySchema []byte

// complete gives every list of a summary its brackets, so that a reader of the
// JSON never meets null.
func complete(s *summary.Summary) *summary.Summary {
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
		runfolder.NewFile(summaryJSON, jsonOf(s), false),
		runfolder.NewFile(summaryCSV, measuresCSV(s), false),
		runfolder.NewFile(curvesCSV, curvesTable(s), false),
	}
}

// jsonOf writes indented JSON without HTML escapes. A number that JSON cannot hold
// is a mistake of ours.
func jsonOf(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic("results: " + err.Error())
	}
	return b.Bytes()
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
			row := []string{c.Baseline, c.Treatment, m.ID, m.Label, m.Unit, strconv.Itoa(m.Goodness), strconv.FormatBool(m.Paired)}
			for _, e := range []summary.Estimate{m.Baseline, m.Treatment, m.Difference, m.Ratio} {
				row = append(row, exact(e.Value), exact(e.MC), exact(e.Low), exact(e.High))
			}
			rows = append(rows, append(append(row, harmCells(m)...), string(m.Verdict)))
		}
	}
	return csvOf(rows)
}

// harmCells are the share of harmful draws and its interval: empty where no side is
// worse, without the share where noise hides it.
func harmCells(m *summary.Measure) []string {
	switch {
	case m.Goodness == 0:
		return []string{"", "", ""}
	case !m.Harm.Resolved:
		return []string{"", exact(m.Harm.Low), exact(m.Harm.High)}
	}
	return []string{exact(m.Harm.Share), exact(m.Harm.Low), exact(m.Harm.High)}
}

// curvesTable has a row for each point of each curve of each arm.
func curvesTable(s *summary.Summary) []byte {
	rows := [][]string{{"arm", "class", "cause", "days", "value", "mc_low", "mc_high", "low", "high"}}
	for i := range s.Arms {
		for k := range s.Arms[i].Curves {
			c := &s.Arms[i].Curves[k]
			for t := range c.Days {
				rows = append(rows, []string{s.Arms[i].Name, c.Class, c.Cause, exact(c.Days[t]), exact(c.Value[t]),
					exact(c.MCLow[t]), exact(c.MCHigh[t]), exact(c.Low[t]), exact(c.High[t])})
			}
		}
	}
	return csvOf(rows)
}

// exact writes a number so that reading it gives the same bits.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func csvOf(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		panic("results: " + err.Error()) // a buffer takes everything
	}
	return b.Bytes()
}
