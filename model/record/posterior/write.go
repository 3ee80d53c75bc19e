package posterior

import (
	"bytes"
	"strconv"
	"strings"
)

// columnNames head the table of the parameters.
var columnNames = []string{"path", "prior", "unit", "prior_90", "posterior_90", "contraction", "silent", "informed_by"}

// empty stands for an empty list, since editors drop a tab that ends a line.
const empty = "-"

// Bytes is the posterior as a file. Parse reads it back to an equal value.
func (p *Posterior) Bytes() []byte {
	var b bytes.Buffer
	for _, f := range p.Header.fields() {
		b.WriteString(f.name + ": " + f.text + "\n")
	}
	line := func(cells []string) { b.WriteString(strings.Join(cells, "\t") + "\n") }
	b.WriteString("\n")
	line(columnNames)
	for i := range p.Columns {
		line(p.Columns[i].cells())
	}
	b.WriteString("\n")
	line(p.head())
	for i, row := range p.Rows {
		cells := []string{exact(p.Weights[i])}
		for _, x := range row {
			cells = append(cells, exact(x))
		}
		line(cells)
	}
	return b.Bytes()
}

func (p *Posterior) head() []string {
	out := []string{"weight"}
	for i := range p.Columns {
		out = append(out, p.Columns[i].Path)
	}
	return out
}

func (c *Column) cells() []string {
	silent, informed := "no", empty
	if c.Silent {
		silent = "yes"
	}
	if len(c.InformedBy) > 0 {
		informed = strings.Join(c.InformedBy, ", ")
	}
	return []string{c.Path, c.Prior, c.Unit, c.interval(c.Prior90), c.interval(c.Posterior90), exact(c.Contraction),
		silent, informed}
}

// interval writes an interval as a scenario would, durations in days: years would not always read back
// to the same bits.
func (c *Column) interval(x [2]float64) string {
	unit := ""
	if c.domain.Duration {
		unit = "d"
	}
	return exact(x[0]) + unit + " to " + exact(x[1]) + unit
}

// exact writes the shortest number that reads back to the same bits.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
