package evidence_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/misstep/misstep/model/record/evidence"
)

// remembered is a folder whose rows are all from memory: two accusations, a case, two
// dialogues' worth of events, a rupture and a report.
var remembered = map[string]string{
	"accusations.csv": accusationHead +
		"G90,2024-05-02,United States,drawn,3,yes,no,30,no,yes,60,yes,no,,statement,(drawn),memory\n" +
		"G91,2022-03-03,European Union or a member,drawn,2,no,no,,yes,yes,,no,no,,statement,(drawn),memory\n",
	"evidence.csv": eventHead +
		"E201,2023-04-01,day,China,United States,dialogue-broken,drawn,,memory\n" +
		"E202,2021-03-01,day,China,United States,counter-report,drawn,,memory\n" +
		"E203,2019-01-01,day,Norway,China,dialogue-opened,drawn,,memory\n" +
		"E204,2019-03-01,day,Norway,China,dialogue-meeting,drawn,,memory\n",
	"delays.csv":    delayHead + "D16,drawn,A,2020-01-01,,2020-01-11,,2020-01-12,,2020-01-13,,,espionage,(drawn),memory\n",
	"dialogues.csv": dialogueHead + "norway,Talks,Norway; China,E203,E204,E204,lapsed\n",
	"ruptures.csv":  ruptureHead + "spring,E201,other,United States; China,E062,E062\n",
}

func withMemory(t *testing.T) *evidence.Tables {
	t.Helper()
	tables, err := evidence.Read(folder(remembered))
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// TestShippedMemory: of the shipped rows of which kinds are counted one is from memory, a meeting, and it is a
// gap between meetings that is left out; of the channels of which a rate may be computed, five are, of which one
// lapsed (CH28). Catches a row that is marked or unmarked by mistake.
func TestShippedMemory(t *testing.T) {
	var keys []string
	for _, e := range evidence.All() {
		if e.Checked == "memory" && e.Kind < evidence.KindBelief { // nothing is computed from the kinds beyond
			keys = append(keys, e.Key)
		}
	}
	if !slices.Equal(keys, []string{"E009"}) {
		t.Errorf("from memory: %v", keys)
	}
	for _, o := range evidence.Shipped().Compute(time.Time{}) {
		want := 0
		if o.ID == "T24" || o.Part == "lapses of official channels of all pairs" {
			want = 1
		}
		if o.NMemory != want {
			t.Errorf("%s %q leaves out %d, want %d", o.ID, o.Part, o.NMemory, want)
		}
	}
}

// TestMemoryLeftOut: rows from memory change nothing but the count of what is left out.
// Catches a computation that reads a row without asking how it was checked.
func TestMemoryLeftOut(t *testing.T) {
	shipped, have := evidence.Shipped().Compute(time.Time{}), withMemory(t).Compute(time.Time{})
	if len(shipped) != len(have) {
		t.Fatalf("%d and %d numbers", len(shipped), len(have))
	}
	for i, want := range shipped {
		o := have[i]
		o.NMemory = want.NMemory
		if fmt.Sprintf("%+v", o) != fmt.Sprintf("%+v", want) {
			t.Errorf("%+v\nis not\n%+v", o, want)
		}
	}
}

// TestMemory: with rows from memory the counts are those of all rows, and both ways
// say the same about how many those are. Catches a row that is left out silently.
func TestMemory(t *testing.T) {
	for name, tables := range map[string]*evidence.Tables{"shipped": evidence.Shipped(), "remembered": withMemory(t)} {
		without, with := tables.Compute(time.Time{}), tables.Compute(time.Time{}, evidence.Options{Memory: true})
		if len(with) != len(without) {
			t.Fatalf("%s: %d and %d", name, len(with), len(without))
		}
		for i, o := range without {
			if with[i].N != o.N+o.NMemory || with[i].NMemory != o.NMemory || with[i].ID != o.ID || with[i].Part != o.Part ||
				o.NMemory < 0 {
				t.Errorf("%s: %s %q: %d + %d, with memory %d + %d", name, o.ID, o.Part, o.N, o.NMemory, with[i].N, with[i].NMemory)
			}
			for _, key := range o.Rows {
				if e, ok := tables.Lookup(key); !ok || o.Dated && e.Checked == "memory" {
					t.Errorf("%s: %s rests on %s: %+v", name, o.ID, key, e)
				}
			}
		}
	}
}

// TestMemoryByHand: what the rows from memory move, with pencil and paper: the counts of
// [TestByHand] and what each row adds. Catches an option that reaches some targets only.
func TestMemoryByHand(t *testing.T) {
	with := withMemory(t).Compute(time.Time{}, evidence.Options{Memory: true})
	for _, c := range []struct {
		id, part   string
		value      float64
		n, nMemory int
	}{
		{"T9", "", 210, 10, 1}, // 2 10 19 32 77 | 343 426 775 837 1516
		{"T10", "", 195, 9, 1}, // 2 22 71 98 | 195 | 527 796 926 954
		{"T10", "with the cases that nobody attributed, censored", 796, 14, 1},
		{"T32", "", 50, 13, 1},        // 1 before the others
		{"T12", "", 11.0 / 41, 41, 2}, // G90
		{"T13", "", 19.0 / 41, 41, 2}, // G90
		{"T13", "the same day", 15.0 / 41, 41, 2},
		{"T13", "of those that begin as statements", 4.0 / 25, 25, 2},
		{"T14", "", 64.5, 6, 1},       // 18 30 45 | 84 104 107
		{"T15", "", 32.0 / 33, 33, 2}, // G91
		{"T16", "", 14.0 / 17, 17, 1}, // G90
		{"T16", "if all that is not coded were no", 14.0 / 27, 27, 1},
		{"T16", "after European and British accusations", 1.0 / 8, 8, 1}, // G91
		{"T16", "after accusations led by another state", 1.0 / 4, 4, 0},
		{"T17", "", 16.0 / 18, 18, 1},
		{"T17", "delay of the report, where one came", 33.5, 16, 1}, // 3 8 14 15 18 21 24 26 | 41 53 54 60 63 68 75 90
		{"T18", "2013–2021", 1.0 / 9, 1, 1},                         // E202
		{"T18", "2024–2025", 5, 10, 1},                              // G90, on 1 July 2024
		{"T19", "", 1.0 / 41, 41, 2}, {"T19", "the contested case left out", 1.0 / 41, 41, 2},
		{"T20", "", 1.0 / 2, 2, 0},
		{"T21", "", 3 / ((2151 + 255) / 365.25), 3, 1},            // 59 days to the last meeting, and 196
		{"T22", "", 541, 4, 1},                                    // 255 401 | 681 936
		{"T23", "", 301, 4, 1},                                    // 78 135 | 467 494
		{"T24", "", 196, 5, 1},                                    // 160 176 | 196 | 249 301
		{"T24", "the setting-up counted as a meeting", 176, 9, 2}, // 59 67 86 160 | 176 | 196 236 249 301
		{"T26", "2020–2023", 13.0 / 4, 13, 1}, {"T26", "2024–2025", 11.5, 23, 1},
		{"T26", "2024 alone, with British part", 5, 5, 1},
		{"T30", "", 4 / (13 + 181.0/365), 4, 1}, {"T34", "", 11 / (7 + 212.0/365), 11, 1},
	} {
		o := part(t, with, c.id, c.part)
		if d := o.Value - c.value; d > 1e-12 || d < -1e-12 || o.N != c.n || o.NMemory != c.nMemory {
			t.Errorf("%s %q: %v of %d, %d from memory; want %v of %d, %d", c.id, c.part, o.Value, o.N, o.NMemory, c.value, c.n,
				c.nMemory)
		}
	}
}
