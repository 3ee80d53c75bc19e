package hub

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/elem"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestScorePMF: worked by hand, and as scoringrules 0.10.0 has the ranked score (1.39, .59, .19, .59).
func TestScorePMF(t *testing.T) {
	p := []float64{0.1, 0.2, 0.4, 0.3}
	for came, want := range [][2]float64{{1.1, 1.39}, {0.9, 0.59}, {0.5, 0.19}, {0.7, 0.59}} {
		s := ScorePMF(p, came)
		near(t, "log", s.Log, math.Log(p[came]), 1e-15)
		near(t, "Brier", s.Brier, want[0], 1e-15)
		near(t, "RPS", s.RPS, want[1], 1e-15)
	}
	if s := ScorePMF([]float64{1, 0}, 1); !math.IsInf(s.Log, -1) || s.Brier != 2 || s.RPS != 1 ||
		s.Impossible != 1 {
		t.Errorf("what was called impossible: %+v", s)
	}
}

// TestProper: nobody does better in expectation than by saying what is believed. Catches a score with a sign or a term
// that is wrong.
func TestProper(t *testing.T) {
	truth := []float64{0.5, 0.3, 0.2}
	expected := func(said []float64) (out [3]float64) {
		for k, p := range truth {
			s := ScorePMF(said, k)
			out[0] -= p * s.Log
			out[1] += p * s.Brier
			out[2] += p * s.RPS
		}
		return out
	}
	best := expected(truth)
	for _, said := range [][]float64{{0.6, 0.25, 0.15}, {0.4, 0.35, 0.25}, {0.5, 0.2, 0.3}, {1. / 3, 1. / 3, 1. / 3}} {
		for i, x := range expected(said) {
			if x <= best[i] {
				t.Errorf("score %d: %v for %v, %v for the truth", i, x, said, best[i])
			}
		}
	}
}

// TestWIS: as the formula of Bracher and others, term by term, and worked by hand: a median of 4, intervals 1 to 12 at
// 90 % and 2 to 7 at 50 %, and 9 came: (5/2 + .05·11 + .25·(5 + 4·2)) / 2.5.
func TestWIS(t *testing.T) {
	levels, q := []float64{0.05, 0.25, 0.5, 0.75, 0.95}, []float64{1, 2, 4, 7, 12}
	near(t, "9 came", ScoreQuantiles(levels, q, 9).WIS, 2.52, 1e-14)
	for y := -3.0; y < 16; y += 0.5 {
		sum := math.Abs(y-4) / 2
		for k, alpha := range []float64{0.1, 0.5} {
			lo, hi := q[k], q[4-k]
			sum += alpha / 2 * (hi - lo + 2/alpha*(math.Max(0, lo-y)+math.Max(0, y-hi)))
		}
		s := ScoreQuantiles(levels, q, y)
		near(t, fmt.Sprint(y, " came"), s.WIS, sum/2.5, 1e-13)
		if s.Inside["90 %"] != (y >= 1 && y <= 12) || s.Inside["50 %"] != (y >= 2 && y <= 7) || len(s.Inside) != 2 {
			t.Errorf("%v: %v", y, s.Inside)
		}
	}
}

// TestWISIsCRPS: over many levels of a normal distribution the score is the CRPS, which has a closed form.
func TestWISIsCRPS(t *testing.T) {
	const n = 2000
	var levels, q []float64
	for i := range n {
		u := (float64(i) + 0.5) / n
		levels, q = append(levels, u), append(q, elem.NormalQuantile(u))
	}
	for _, z := range []float64{-2, 0, 0.5, 3} {
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		want := z*math.Erf(z/math.Sqrt2) + 2*density - 1/math.Sqrt(math.Pi)
		near(t, fmt.Sprint("z = ", z), ScoreQuantiles(levels, q, z).WIS, want, 1e-3)
	}
}

func output4(t *testing.T, text string) *Output {
	t.Helper()
	out, err := Read("a.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const forecast = `target,place,output_type,output_type_id,value
class,GB,pmf,none,.5
class,GB,pmf,some,.3
class,GB,pmf,many,.2
class,US,pmf,none,.1
class,US,pmf,some,.9
class,US,pmf,many,0
count,GB,quantile,.75,3
count,GB,quantile,.25,1
count,GB,mean,NA,2
count,US,quantile,.25,1
count,US,quantile,.75,1
`

// TestScore: outcomes find their predictions by the task ids that they have, in both of their forms, and a baseline
// its own by name, whatever the order of its columns and categories.
func TestScore(t *testing.T) {
	out := output4(t, forecast)
	if out.Skipped != 1 || len(out.Predictions) != 4 {
		t.Fatalf("%+v", out)
	}
	base := output4(t, "place,output_type,target,output_type_id,value\nGB,pmf,class,many,.4\nGB,pmf,class,none,.4\n"+
		"GB,pmf,class,some,.2\n")
	for form, text := range map[string]string{
		"oracle": "place,target,output_type,output_type_id,oracle_value\nGB,class,pmf,none,0\nGB,class,pmf,some,1\n" +
			"US,class,pmf,none,NA\nGB,count,quantile,NA,4\n",
		"plain": "target,place,oracle_value\nclass,GB,some\ncount,GB,4\n",
	} {
		came, err := ReadOutcomes("o.csv", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		scored, missing, err := Score(out, came, base)
		if err != nil || len(scored) != 2 || missing != 2 {
			t.Fatalf("%s: %v %d %v", form, scored, missing, err)
		}
		near(t, "log", scored[0].Scores.Log, math.Log(0.3), 1e-15)
		near(t, "RPS of the baseline", scored[0].Base.RPS, 0.4*0.4+0.4*0.4, 1e-15)
		near(t, "WIS", scored[1].Scores.WIS, (2*.75*1+2*.25*3)/2, 1e-15)
		if scored[1].Base != nil || scored[0].Came != "some" || scored[1].Came != "4" {
			t.Errorf("%s: %+v", form, scored)
		}
		m := Means(out, scored)
		if len(m) != 2 || m[0].Compared != 1 || m[1].Compared != 0 || m[1].Inside[0] != (Interval{"50 %", 0, 1}) {
			t.Errorf("%s: %+v", form, m)
		}
	}
	came, _ := ReadOutcomes("o.csv", []byte("place,target,oracle_value\nGB,class,none\n"))
	scored, _, err := Score(out, came, nil)
	if err != nil || scored[0].Base == nil {
		t.Fatal(err)
	}
	near(t, "equal probabilities", scored[0].Base.Log, math.Log(1./3), 1e-15)
}

// TestScoreRefuses: what does not fit is named at its place.
func TestScoreRefuses(t *testing.T) {
	out := output4(t, forecast)
	for text, want := range map[string]string{
		"target,where,oracle_value\nclass,GB,none\n":                        `o.csv:1:1: the column "where" is no task id`,
		"target,place,oracle_value\nclass,GB,several\n":                     `o.csv:2:1: "several" is no category`,
		"target,place,oracle_value\ncount,GB,several\n":                     `oracle_value: "several" is no number`,
		"target,place,oracle_value\ncount,GB,1\ncount,GB,2\n":               "o.csv:2:1: another outcome of the same task",
		"target,place,output_type,oracle_value\na,GB,pmf,1\n":               "o.csv:1:1: the columns output_type and",
		"target,place\nclass,GB\n":                                          `the column "oracle_value" is missing`,
		"output_type,output_type_id,oracle_value\npmf,none,2\n":             "o.csv:2:10: oracle_value: 2 is neither 1",
		"output_type,output_type_id,oracle_value\npmf,none,1\npmf,some,1\n": "another outcome of the same task",
		"output_type,output_type_id,oracle_value\npmf,none,0\npmf,some,0\n": "o.csv:2:1: no category of this task is marked",
	} {
		came, err := ReadOutcomes("o.csv", []byte(text))
		if err == nil {
			_, _, err = Score(out, came, nil)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	came, _ := ReadOutcomes("o.csv", []byte("place,target,oracle_value\nGB,class,none\n"))
	base := output4(t, "target,place,output_type,output_type_id,value\nclass,GB,pmf,none,1\n")
	if _, _, err := Score(out, came, base); err == nil || !strings.Contains(err.Error(), "other levels or categories") {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"target,output_type,output_type_id,value\nclass,pmf,none,1\n":          "the baseline has the task ids target and",
		"target,place,output_type,output_type_id,value\nclass,FR,pmf,none,1\n": "the baseline says nothing of any",
	} {
		if _, _, err := Score(out, came, output4(t, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestOrder: categories that begin with numbers stand by them, whatever the order of the rows; others as in the file.
func TestOrder(t *testing.T) {
	for text, want := range map[string]string{"16 or more,2,1e+01,1": "1 2 1e+01 16 or more", "b,a,c": "b a c",
		"2 a,2 b,1": "2 a 2 b 1", "3,none,1": "3 none 1"} {
		rows, ids := "output_type,output_type_id,value\n", strings.Split(text, ",")
		for i, id := range ids {
			rows += fmt.Sprintf("pmf,%s,%v\n", id, []int{1, 0}[min(i, 1)])
		}
		p := output4(t, rows).Predictions[0]
		if have := strings.Join(p.IDs, " "); have != want || p.Values[slices.Index(p.IDs, ids[0])] != 1 {
			t.Errorf("%s: %s, %v", text, have, p.Values)
		}
	}
}

// TestIntervals: central intervals are found where levels have no partner, and counted by the tasks that have them.
func TestIntervals(t *testing.T) {
	s := ScoreQuantiles([]float64{0.05, 0.25, 0.75, 0.9}, []float64{1, 2, 7, 9}, 3)
	if len(s.Inside) != 1 || !s.Inside["50 %"] {
		t.Errorf("%v", s.Inside)
	}
	out := output4(t, "target,n,output_type,output_type_id,value\na,1,quantile,.25,1\na,1,quantile,.75,3\n"+
		"a,2,quantile,.05,1\na,2,quantile,.25,2\na,2,quantile,.75,3\na,2,quantile,.95,4\n")
	came, err := ReadOutcomes("o.csv", []byte("n,oracle_value\n1,2\n2,3.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	scored, _, err := Score(out, came, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m := Means(out, scored); len(m) != 1 || fmt.Sprint(m[0].Inside) != "[{50 % 1 2} {90 % 1 1}]" {
		t.Errorf("%+v", m)
	}
}
