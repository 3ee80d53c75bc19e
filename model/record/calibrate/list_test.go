package calibrate

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
)

// usedOtherwise are the statistics whose use is not the letter of their target, with
// the reason.
var usedOtherwise = map[string]string{
	"T26": "the sums of its periods are shown beside them, and are no further evidence",
}

// Breaks when an id repeats, a target is none, or a use is another than the target's
// without a reason; a reason that is not needed is an error too.
func TestStatisticsBelongToTargets(t *testing.T) {
	targets := map[string]evidence.Target{}
	for _, x := range evidence.Targets() {
		targets[x.ID] = x
	}
	seen, needed := map[string]bool{}, map[string]bool{}
	id := regexp.MustCompile(`^T\d+(\.(us|uk|dcid|eurepoc|spread|exposed))?(\.\d{4})?$`)
	for _, s := range Statistics() {
		if seen[s.ID] || !id.MatchString(s.ID) {
			t.Errorf("id %q repeats or is malformed", s.ID)
		}
		seen[s.ID] = true
		x, ok := targets[s.Target]
		if !ok || !evidence.Known(s.Target) || s.ID != s.Target && s.ID[:len(s.Target)+1] != s.Target+"." {
			t.Errorf("%s belongs to %s, which is no target or another", s.ID, s.Target)
			continue
		}
		if x.Use != string(s.Use) {
			needed[s.Target] = true
			if usedOtherwise[s.Target] == "" {
				t.Errorf("%s is used as %s, its target as %s", s.ID, s.Use, x.Use)
			}
		}
		if s.Label == "" || s.Unit == "" || s.observed == nil || s.simulated == nil ||
			evidence.Uses.Means(string(s.Use)) == "" {
			t.Errorf("%s lacks a part", s.ID)
		}
	}
	for target := range usedOtherwise {
		if !needed[target] {
			t.Errorf("%s needs no reason: the letters agree", target)
		}
	}
	if len(seen) != 46 {
		t.Errorf("%d statistics, want 46: renew the worlds by hand", len(seen))
	}
}

// Breaks when a statistic of the distance has no least scale, another has one, or a
// judgement has no place on its scale.
func TestScalesOfTheDistance(t *testing.T) {
	for _, s := range Statistics() {
		if (s.Floor > 0) != (s.Use == Calibrate) {
			t.Errorf("%s, used as %s, has the floor %v", s.ID, s.Use, s.Floor)
		}
		if s.Judged < 0 || s.Judged > 1 || s.Judged > 0 && s.Use != Calibrate {
			t.Errorf("%s, used as %s, is judged within %v", s.ID, s.Use, s.Judged)
		}
		if s.Low && s.Kind != Share {
			t.Errorf("%s is a lower bound of no share", s.ID)
		}
	}
}

// Breaks when a statistic is taken before its years are over, or the periods of
// accusations overlap, leave a year out or are not those of the prices.
func TestNeeds(t *testing.T) {
	year := regexp.MustCompile(`\d{4}`)
	for _, s := range Statistics() {
		years := year.FindAllString(s.Label, -1)
		if s.Target == "T26" || len(years) == 0 || s.ID == "T34" || s.ID == "T33.uk" {
			continue
		}
		last, err := time.Parse("2006", years[len(years)-1])
		if err != nil {
			t.Fatal(err)
		}
		if s.Needs.Before(last.AddDate(1, 0, 0)) {
			t.Errorf("%s, %q, is taken from %s on", s.ID, s.Label, s.Needs.Format(time.DateOnly))
		}
	}
	periodsFollow(t, "us", america, american(), 2013, americanPeriods)
	periodsFollow(t, "uk", britain, britishPast(), 2015, britishPeriods)
}

// periodsFollow checks that periods leave no year out up to 2026, that their counts
// are taken once they can be, and that the price of publishing changes with them.
func periodsFollow(t *testing.T, id, state string, history *scenario.Scenario, next int, periods [][2]int) {
	t.Helper()
	for _, p := range periods {
		if p[0] != next || p[1] < p[0] {
			t.Errorf("the period %v does not follow", p)
		}
		next = p[1] + 1
		s := statistic(t, fmt.Sprintf("T26.%s.%d", id, p[0]))
		if !s.Needs.After(newYear(p[0])) || s.Needs.After(newYear(p[1]+1)) {
			t.Errorf("%s is taken from %s on", s.ID, s.Needs.Format(time.DateOnly))
		}
	}
	if next != 2027 {
		t.Errorf("the periods end before %d", next)
	}
	var steps, starts []int
	for _, p := range history.Prices {
		if p.State == state {
			steps = append(steps, history.Start.AddDate(0, 0, int(p.From)).Year())
		}
	}
	for _, p := range periods[1:] {
		starts = append(starts, p[0])
	}
	if !slices.Equal(steps, starts) {
		t.Errorf("prices of %s change in %v, accusations are counted from %v", state, steps, starts)
	}
}

// Breaks when the data sets' averages are not those of targets.csv.
func TestCitedCounts(t *testing.T) {
	for _, x := range []struct {
		id       string
		from, to int
		perYear  float64
		n        int
	}{{"T1.dcid", DCID.From, DCID.To, 3.73, 56}, {"T1.eurepoc", EuRepoC.From, EuRepoC.To, 5.79, 110},
		{"T2", 2016, 2024, 1, 9}} {
		o := statistic(t, x.id).observed(evidence.Shipped(), date(2026, 6, 30))
		if !near(o.Value, x.perYear*float64(x.to-x.from+1)) || o.N != x.n || !math.IsNaN(o.Low) {
			t.Errorf("%s is %v of %d", x.id, o.Value, o.N)
		}
	}
	for _, x := range evidence.Targets() {
		if x.ID == "T1" && (math.Abs(x.Value-3.73) > 0.05 || x.N != 56) {
			t.Errorf("T1 is %v of %d in the table", x.Value, x.N)
		}
	}
}
