package calibrate

import (
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/scenario"
)

// without returns a copy of a history in which a word has another name everywhere.
func without(t *testing.T, name, text, word string) *scenario.Scenario {
	t.Helper()
	v, err := parse(name, strings.ReplaceAll(text, word, "elsewhere"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Breaks when a scenario that cannot be compared with the record is taken, or the
// reason is not said.
func TestNoHistories(t *testing.T) {
	until := date(2026, 6, 30)
	two := edited(t, "us-china-history", americanText(),
		"\n  history: {}\n\nheadline: {outcome: missteps, baseline: history}",
		"\n  history: {}\n  other: {}\n\nheadline: {outcome: missteps, baseline: history, treatment: other}")
	for _, x := range []struct {
		american, british *scenario.Scenario
		until             time.Time
		want              string
	}{
		{two, britishPast(), until, "us-china-history is no history: it has 2 arms, and what happened has one"},
		{britishPast(), britishPast(), until,
			"uk-china-history is no history of United States and China: state United States is missing"},
		{american(), american(), until,
			"us-china-history is no history of United Kingdom and China: state United Kingdom is missing"},
		{without(t, "us-china-history", americanText(), "China"), britishPast(), until,
			"us-china-history is no history of United States and China: state China is missing"},
		{without(t, "us-china-history", americanText(), "cyber-dialogue"), britishPast(), until,
			"us-china-history lacks the channel cyber-dialogue, whose life is compared with the record"},
		{american(), without(t, "uk-china-history", britishText(), "security-dialogue"), until,
			"uk-china-history lacks the channel security-dialogue, whose life is compared with the record"},
		{american(), britishPast(), date(2014, 6, 30),
			"the cut-off 2014-06-30 leaves less than two years of us-china-history; take a later one"},
		{american(), britishPast(), date(2016, 12, 30),
			"the cut-off 2016-12-30 leaves less than two years of uk-china-history; take a later one"},
		{american(), britishPast(), date(2026, 7, 1),
			"the cut-off 2026-07-01 lies after the end of us-china-history, 2026-06-30; take an earlier one"},
	} {
		if _, err := NewHistories(x.american, x.british, x.until); err == nil || err.Error() != x.want {
			t.Errorf("got  %v\nwant %s", err, x.want)
		}
	}
}

// Breaks when a history is not cut after the whole day of the cut-off, or the
// original is changed.
func TestHistoriesAreShortened(t *testing.T) {
	for _, x := range []struct {
		until             time.Time
		american, british float64
	}{{date(2026, 6, 30), 4928, 4198}, {date(2026, 6, 29), 4928, 4198}, {date(2026, 6, 28), 4927, 4197},
		{date(2017, 1, 1), 1462, 732}} {
		h, err := NewHistories(american(), britishPast(), x.until)
		if err != nil {
			t.Fatal(err)
		}
		if h.American.Horizon != x.american || h.British.Horizon != x.british || h.American.Headline.Horizon != x.american ||
			h.Until != x.until {
			t.Errorf("until %s: %v and %v days, want %v and %v", x.until.Format(time.DateOnly), h.American.Horizon,
				h.British.Horizon, x.american, x.british)
		}
	}
	if american().Horizon != 4928 || britishPast().Horizon != 4198 {
		t.Errorf("the originals last %v and %v days", american().Horizon, britishPast().Horizon)
	}
}

// Breaks when days are counted from elsewhere.
func TestDay(t *testing.T) {
	if got := day(american(), date(2013, 1, 2)); got != 1 {
		t.Errorf("2 January 2013 is day %v", got)
	}
	if got := day(britishPast(), newYear(2017)); got != 731 {
		t.Errorf("1 January 2017 is day %v", got)
	}
}
