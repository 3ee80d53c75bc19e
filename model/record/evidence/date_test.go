package evidence

import (
	"strings"
	"testing"
	"time"
)

// TestDate: first, last and middle day by precision, leap years among them. Catches a
// month that ends on the 30th.
func TestDate(t *testing.T) {
	for _, c := range []struct{ text, precision, first, last, middle string }{
		{"2014-05-19", "day", "2014-05-19", "2014-05-19", "2014-05-19"},
		{"2014-05-19", "about", "2014-05-19", "2014-05-19", "2014-05-19"},
		{"2024-02", "month", "2024-02-01", "2024-02-29", "2024-02-15"},
		{"2023-02", "month", "2023-02-01", "2023-02-28", "2023-02-15"},
		{"2024-12", "month", "2024-12-01", "2024-12-31", "2024-12-15"},
		{"2014", "year", "2014-01-01", "2014-12-31", "2014-07-01"},
		{"2024", "year", "2024-01-01", "2024-12-31", "2024-07-01"},
	} {
		d := Date{c.text, c.precision}
		have := [3]string{d.First().Format(time.DateOnly), d.Last().Format(time.DateOnly), d.Middle().Format(time.DateOnly)}
		if have != [3]string{c.first, c.last, c.middle} || d.check() != nil {
			t.Errorf("%+v: %v, %v", d, have, d.check())
		}
		if c.precision != "about" {
			if got, err := ParseDate(c.text); err != nil || got != d {
				t.Errorf("%s: %+v, %v", c.text, got, err)
			}
		}
	}
}

// TestBadDates: what is no date says why. Catches a 30 February that becomes March.
func TestBadDates(t *testing.T) {
	for _, c := range []struct{ text, precision, want string }{
		{"2023-02-30", "day", "a day that it has"}, {"2023-13-01", "day", "a month of twelve"},
		{"2014-05", "day", "not a date of precision day"},
		{"2014-05-19", "month", "write it as 2014-05, or change the precision"}, {"2014", "month", "precision month"},
		{"1014", "year", "lies outside"},
		{"9999-01-01", "day", "lies outside"}, {"2014-05-19", "decade", "is not known"}, {"2014-05-19", "", "is not known"},
		{"19.5.2014", "day", "not a date"},
	} {
		if have := (Date{c.text, c.precision}).check(); have == nil || !strings.Contains(have.Error(), c.want) {
			t.Errorf("%s as %s: %v, want %q", c.text, c.precision, have, c.want)
		}
	}
	for _, text := range []string{"", "soon", "2014-05-32", "2014-00", "0000", "2014-05-19T00:00"} {
		if d, err := ParseDate(text); err == nil || !d.IsZero() {
			t.Errorf("%q: %+v", text, d)
		}
	}
}

// TestYears: calendar years are whole, parts are shares of their year. Catches 365.25.
func TestYears(t *testing.T) {
	day := func(s string) time.Time { at, _ := time.Parse(time.DateOnly, s); return at }
	for _, c := range []struct {
		from, to string
		want     float64
	}{
		{"2024-01-01", "2026-01-01", 2}, {"2013-01-01", "2014-01-01", 1}, {"2026-01-01", "2026-07-01", 181.0 / 365},
		{"2024-01-01", "2024-07-01", 182.0 / 366}, {"2018-12-01", "2026-07-01", 7 + 212.0/365},
		{"2020-01-01", "2020-01-01", 0}, {"2021-01-01", "2020-01-01", 0},
	} {
		near(t, c.from+" to "+c.to, years(day(c.from), day(c.to)), c.want, 1e-12)
	}
	if got := days(Date{"2024-05", "month"}, Date{"2024-05-06", "day"}); got != 0 {
		t.Errorf("precision turned two dates round: %v", got)
	}
	if got := days(Date{"2014-07", "month"}, Date{"2018-09-08", "day"}); got != 1516 {
		t.Errorf("%v days, want 1,516", got)
	}
}

// FuzzParseDate: a text is a date that is written as it was read, with its days in
// order and within it, or it is refused with a way out. Catches a date that is
// silently another.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2014-05-19", "2014-05", "2014", "2024-02-29", "2023-02-29", "0000", "२०१४", "2014-5-1", "",
		"99999", "-014-05-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDate(text)
		if err != nil {
			if !d.IsZero() || !strings.Contains(err.Error(), "; ") || strings.HasSuffix(err.Error(), ".") {
				t.Fatalf("%q: %+v, %v", text, d, err)
			}
			return
		}
		if d.First().Format(Precisions.Means(d.Precision)) != text ||
			d.Last().Format(Precisions.Means(d.Precision)) != text ||
			d.Middle().Format(Precisions.Means(d.Precision)) != text {
			t.Fatalf("%q: %s, %s, %s", text, d.First(), d.Middle(), d.Last())
		}
		if d.Middle().Before(d.First()) || d.Last().Before(d.Middle()) || d.First().Year() < firstYear ||
			d.First().Year() > lastYear {
			t.Fatalf("%q: %s, %s, %s", text, d.First(), d.Middle(), d.Last())
		}
	})
}
