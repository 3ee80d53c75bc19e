package evidence

import (
	"fmt"
	"strings"
	"time"
)

// Date is a date as precise as its source.
type Date struct {
	Text      string // 2014-05-19, 2014-05 or 2014
	Precision string // one of [Precisions]; "" without a date
}

// Precisions says how dates are written, by the word for how precise they are.
var Precisions = Words[string]{map[string]string{
	"day":   "2006-01-02",
	"about": "2006-01-02", // a day judged from a source that gives none
	"month": "2006-01",
	"year":  "2006",
}}

// The years that a date may lie in; outside it is a slip of the pen. What is told of beliefs and
// channels begins in oldYear.
const firstYear, lastYear, oldYear = 1980, 2100, 1960

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Text == "" }

// First is the first day that the date may mean, at midnight UTC.
func (d Date) First() time.Time {
	at, _ := time.Parse(Precisions.Means(d.Precision), d.Text) // checked when it was read
	return at
}

// Last is the last day that the date may mean.
func (d Date) Last() time.Time {
	switch d.Precision {
	case "month":
		return d.First().AddDate(0, 1, -1)
	case "year":
		return d.First().AddDate(1, 0, -1)
	}
	return d.First()
}

// Middle is the day that stands for the date in a difference: itself, the 15th of a month, the first of
// July.
func (d Date) Middle() time.Time {
	switch d.Precision {
	case "month":
		return d.First().AddDate(0, 0, 14)
	case "year":
		return d.First().AddDate(0, 6, 0)
	}
	return d.First()
}

func (d Date) check() error { return d.checkSince(firstYear) }

func (d Date) checkSince(first int) error {
	layout := Precisions.Means(d.Precision)
	if layout == "" {
		return fmt.Errorf("precision %q is not known; write day, about, month or year", d.Precision)
	}
	at, err := time.Parse(layout, d.Text)
	shape := time.Date(2014, 5, 19, 0, 0, 0, 0, time.UTC).Format(layout)
	switch {
	case err != nil && len(d.Text) == len(layout):
		return fmt.Errorf("%q is no date; write it as %s, with a month of twelve and a day that it has", d.Text, shape)
	case err != nil:
		return fmt.Errorf("%q is not a date of precision %s; write it as %s, or change the precision", d.Text, d.Precision,
			shape)
	case at.Year() < first || at.Year() > lastYear:
		return fmt.Errorf("%q lies outside %d to %d; correct the year", d.Text, first, lastYear)
	}
	return nil
}

// days between two dates, by their middles; never below 0, since only their precision can turn them
// round.
func days(from, to Date) float64 {
	return max(0, daysBetween(from.Middle(), to.Middle()))
}

func daysBetween(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

// years between two midnights, exact for calendar years: whole years, then the share of the year that
// follows.
func years(from, to time.Time) float64 {
	if !to.After(from) {
		return 0
	}
	n := to.Year() - from.Year()
	if from.AddDate(n, 0, 0).After(to) {
		n--
	}
	start, next := from.AddDate(n, 0, 0), from.AddDate(n+1, 0, 0)
	return float64(n) + daysBetween(start, to)/daysBetween(start, next)
}

// ParseDate reads a day, a month or a year, by its length. The error says how dates
// are written.
func ParseDate(text string) (Date, error) { return dateSince(text, firstYear) }

func dateSince(text string, first int) (Date, error) {
	for _, precision := range []string{"day", "month", "year"} {
		if len(text) == len(Precisions.Means(precision)) && strings.Trim(text, "0123456789-") == "" {
			d := Date{text, precision}
			if err := d.checkSince(first); err != nil {
				return Date{}, err
			}
			return d, nil
		}
	}
	return Date{}, fmt.Errorf("%q is no date; write 2014-05-19, 2014-05 or 2014", text)
}
