package evidence

import (
	"math"
	"slices"
	"time"
)

// WithImported returns the tables with their imported rows counted as if they had been read at their source.
func (t *Tables) WithImported() *Tables {
	out := *t
	out.Events, out.Accusations = slices.Clone(t.Events), slices.Clone(t.Accusations)
	out.Delays = slices.Clone(t.Delays)
	read := func(checked *string) {
		if *checked == Imported {
			*checked = "source"
		}
	}
	for i := range out.Events {
		read(&out.Events[i].Checked)
	}
	for i := range out.Accusations {
		read(&out.Accusations[i].Checked)
	}
	for i := range out.Delays {
		read(&out.Delays[i].Checked)
	}
	out.until = out.lastDay()
	return &out
}

// Imported counts the rows that were taken over from data sets of others.
func (t *Tables) Imported() int {
	n := 0
	for i := range t.Events {
		n += one(t.Events[i].Checked == Imported)
	}
	for i := range t.Accusations {
		n += one(t.Accusations[i].Checked == Imported)
	}
	for i := range t.Delays {
		n += one(t.Delays[i].Checked == Imported)
	}
	return n
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Change is how a target moved from one body of evidence to another.
type Change struct{ Was, Is Observed }

// Changes lists the targets that another body of evidence gives another value or number of
// cases; until cuts both as in [Tables.Compute].
func (t *Tables) Changes(to *Tables, until time.Time) []Change {
	was, is := t.Compute(until), to.Compute(until)
	var out []Change
	for i := range is {
		a, b := &was[i], &is[i]
		if a.Part == b.Part && b.Part == "" && (a.N != b.N || a.Value != b.Value && !math.IsNaN(a.Value+b.Value)) {
			out = append(out, Change{*a, *b})
		}
	}
	return out
}
