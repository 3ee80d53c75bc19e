package evidence

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/record/table"
)

// TestKeysOfRows: keys at the ends of their domain. Catches a key that is read as another.
func TestKeysOfRows(t *testing.T) {
	for key, ok := range map[string]bool{"E1": true, "E001": true, "E123456": true, "E": false, "E1234567": false,
		"e1": false, "G1": false, "E1a": false, "": false} {
		text := &table.Text{File: "x"}
		r := &row{text.CSV([]string{"id", "b"}, []byte("id,b\n"+key+",\n"))[0], nil}
		if r.id("E"); ok != (len(text.Problems) == 0) {
			t.Errorf("%q: %v", key, text.Problems)
		}
	}
}

// TestCited: keys among words, remarks and addresses. Catches a key that is found in an
// address.
func TestCited(t *testing.T) {
	for source, want := range map[string]string{
		"E002; E011; G01": "E002 E011 G01", "coded accusations G01 to G27": "G01 G27", "https://x.org/E001/G02 ; D03": "D03",
		"(see E001) T5": "T5", "DCID 2.0; EuRepoC 1.3; E028": "E028", "": "", "E1234567": "", "AE01": "",
		"https://x.org/a(E001)": "",
	} {
		if have := strings.Join(cited(source), " "); have != want {
			t.Errorf("%q: %q, want %q", source, have, want)
		}
	}
}

// TestSurvivalByAnotherWay: the median agrees with the product over distinct times,
// computed as counts, for drawn lifetimes. Catches ties that are taken one by one with
// censored cases between them.
func TestSurvivalByAnotherWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lives []lifetime
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			lives = append(lives, lifetime{float64(rapid.IntRange(1, 6).Draw(t, "days")), rapid.Bool().Draw(t, "ended"), nil})
		}
		want, share := math.Inf(1), 1.0
		for at := 1.0; at <= 6; at++ {
			risk, ended := 0, 0
			for _, l := range lives {
				if l.days >= at {
					risk++
				}
				if l.days == at && l.ended {
					ended++
				}
			}
			if ended > 0 {
				share *= 1 - float64(ended)/float64(risk)
			}
			if share <= 0.5 && want > at {
				want = at
			}
		}
		middle, low, high := survivalMedian(lives)
		if middle != want || low > middle || high < middle {
			t.Fatalf("%v: %v [%v, %v], want %v", lives, middle, low, high, want)
		}
	})
}

// TestCensoredAtTheCut: one case attributed after 182 days, three that were not 92 days
// after their detection, when the record ends: only the first is left at risk on day
// 182, so that is the median. Catches cases that are followed past the cut, which
// would leave others at risk and no median.
func TestCensoredAtTheCut(t *testing.T) {
	on := func(text string) Date { return Date{text, "day"} }
	tables := &Tables{Delays: []Delay{
		{ID: "D1", Detected: on("2020-01-01"), Disclosed: on("2020-01-02"), Attributed: on("2020-07-01"), Checked: "source"},
		{ID: "D2", Detected: on("2020-06-01"), Disclosed: on("2020-06-02"), Censored: on("2022-01-01"), Checked: "source"},
		{ID: "D3", Detected: on("2020-06-01"), Disclosed: on("2020-06-02"), Attributed: on("2021-01-01"), Checked: "source"},
		{ID: "D4", Detected: on("2020-06-01"), Disclosed: on("2020-06-02"), Censored: on("2022-01-01"), Checked: "memory"},
		{ID: "D5", Detected: on("2020-06-01"), Disclosed: on("2020-06-02"), Censored: on("2022-01-01"), Checked: "source"},
	}}
	for cut, want := range map[string]float64{"2020-09-01": 182, "2020-06-30": math.Inf(1), "2021-06-30": 214} {
		parts := detectionToAttribution(&view{t: tables, cut: on(cut).First()})
		if have := parts[1].Value; have != want || parts[1].N != 4 {
			t.Errorf("%s: %v of %d, want %v of 4", cut, have, parts[1].N, want)
		}
	}
}

// TestLives: the life of each shipped dialogue at some days, by hand. Catches a lapse
// that is dated from the setting-up.
func TestLives(t *testing.T) {
	for _, c := range []struct{ until, want string }{
		{"2013-04-12", ""},
		{"2014-05-18", "us-working-group alive 400"},
		{"2014-05-19", "us-working-group suspended 401"},
		{"2016-01-01", "us-working-group suspended 401, us-ministers alive 98, uk-security alive 72"},
		{"2018-12-31", "us-working-group suspended 401, us-ministers lapsed 936, uk-security lapsed 681"},
		{"2026-03-01", "us-working-group suspended 401, us-ministers lapsed 936, uk-security lapsed 681, uk-cyber alive 40"},
		{"", "us-working-group suspended 401, us-ministers lapsed 936, uk-security lapsed 681, uk-cyber alive 133"},
	} {
		v := view{t: Shipped()}
		if c.until != "" {
			v.cut = Date{c.until, "day"}.First()
		}
		var have []string
		for _, l := range v.lives(LapseAfter) {
			have = append(have, strings.Join([]string{l.ID, l.Ending, shortDays(l.days())}, " "))
		}
		if got := strings.Join(have, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.until, got, c.want)
		}
	}
}

func shortDays(x float64) string {
	out := []byte{}
	for n := int(x); n > 0; n /= 10 {
		out = append(out, byte('0'+n%10))
	}
	slices.Reverse(out)
	return string(out)
}
