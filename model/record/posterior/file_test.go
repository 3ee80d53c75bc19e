package posterior

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// TestSmallFile: the bytes of a posterior are those of the file in testdata, which
// reads back to it. Catches a change of layout that nobody meant.
func TestSmallFile(t *testing.T) {
	p := small(t)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/small.txt", p.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/small.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(p.Bytes(), want) {
		t.Errorf("UPDATE=1 writes testdata/small.txt:\n%s", p.Bytes())
	}
	for name, data := range map[string][]byte{"as it is": want,
		"with the line ends of another system": bytes.ReplaceAll(want, []byte("\n"), []byte("\r\n"))} {
		got, err := Parse("small.txt", data)
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p.Columns[0].Silent || p.Columns[1].Silent || !p.Columns[2].Silent {
		t.Errorf("contractions %v, %v, %v", p.Columns[0].Contraction, p.Columns[1].Contraction, p.Columns[2].Contraction)
	}
}

// TestRoundTrip: whatever New accepts is read back equal, with values in the domain.
func TestRoundTrip(t *testing.T) {
	priors := map[string][]string{
		"choice.price":                {"0.08 to 0.2", "uniform(0, 1)", "lognormal(0.1, 2)", "beta(2, 3)"},
		"onset.A>B.rate":              {"1 to 4", "0.001 to 1000"},
		"evidence.gap":                {"20d to 90d", "1y to 2y", "uniform(0.0123456789d, 1d)"},
		"states.A.choice.rationality": {"25 to 75 at 95%"},
		"beliefs.A>B.status_quo":      {"0.2 to 0.5", "logitnormal(0.999999, 3)"},
	}
	rapid.Check(t, func(t *rapid.T) {
		var columns []Column
		for path, texts := range priors {
			if rapid.Bool().Draw(t, path) {
				c := Column{Path: path, Prior: rapid.SampledFrom(texts).Draw(t, "prior"),
					Unit:       rapid.SampledFrom([]string{"–", "1/y", "d"}).Draw(t, "unit"),
					InformedBy: rapid.SampledFrom([][]string{nil, {"T1"}, {"T26", "T12"}}).Draw(t, "by")}
				if c.resolve() != nil {
					continue // a family that this domain has not
				}
				columns = append(columns, c)
			}
		}
		if len(columns) == 0 {
			return
		}
		n := rapid.IntRange(2, 8).Draw(t, "rows")
		weights, rows := make([]float64, n), make([][]float64, n)
		for i := range rows {
			weights[i] = rapid.Float64Range(0.001, 1000).Draw(t, "weight")
			for k := range columns {
				c := columns[k]
				_ = c.resolve() // it did above
				rows[i] = append(rows[i], c.dist.Quantile(rapid.Float64Range(1e-9, 1-1e-9).Draw(t, "u")))
			}
		}
		h := header(n)
		h.Seed, h.Epsilon = rapid.Uint64().Draw(t, "seed"), rapid.Float64Range(0, 1e9).Draw(t, "epsilon")
		p, err := New("x.txt", h, columns, weights, rows)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("x.txt", p.Bytes())
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Fatalf("%v\n%s", err, p.Bytes())
		}
		for i := range rows {
			for k := range columns {
				if d := math.Abs(p.Rows[i][k] - rows[i][k]); d > 1e-5*math.Abs(rows[i][k]) {
					t.Fatalf("%s: %v became %v", columns[k].Path, rows[i][k], p.Rows[i][k])
				}
			}
		}
	})
}

// TestMistakes: every mistake is told with its place and a remedy. Each row changes
// one thing of the small file; the place is where the change is.
func TestMistakes(t *testing.T) {
	good := string(small(t).Bytes())
	lines := strings.Split(good, "\n")
	row := lines[20]
	weight, rest, _ := strings.Cut(row, "\t")
	_, others, _ := strings.Cut(rest, "\t")
	interval := small(t).Columns[0].cells()[4]
	for _, c := range []struct{ name, from, to, want string }{
		{"no header line", "seed: 7", "seed 7", `small.txt:5:1: "seed 7" is not KEY: VALUE; an empty line ends the header`},
		{"unknown key", "seed: 7", "sed: 7", `small.txt:5:1: unknown key "sed"; did you mean "seed"?`},
		{"missing key", "seed: 7\n", "", `small.txt:13:1: key "seed" is missing; add it to the header`},
		{"key twice", "seed: 7\n", "seed: 7\nseed: 8\n", `small.txt:6:1: key "seed" comes twice; first on line 5`},
		{"another format", "format: 1", "format: 2",
			`small.txt:1:9: format: "2" is not 1, the layout that this program reads`},
		{"another model", "model: " + experiment.ModelVersion, "model: 0",
			"small.txt:2:8: made for model 0; this program has model " + experiment.ModelVersion + "; run misstep calibrate"},
		{"no hash", "inputs: 0f", "inputs: 0F", `small.txt:3:9: inputs: `},
		{"generator", "generator: mix", "generator: dice", `small.txt:4:12: generator: "dice" is not mix or philox`},
		{"seed", "seed: 7", "seed: -7", `small.txt:5:7: seed: "-7" is not a whole number`},
		{"particles", "particles: 64", "particles: 0", `small.txt:6:12: particles: "0" is not a whole number ≥ 1`},
		{"too few particles", "particles: 64", "particles: 39", `40 rows of a population of 39 particles`},
		{"ess", "ess: 31.25", "ess: 0", `small.txt:7:6: ess: "0" is not a number > 0`},
		{"ess of the family", "ess_family: 12.5", "ess_family: NaN", `small.txt:8:13: ess_family: "NaN" is not a number > 0`},
		{"simulations", "simulations: 4000", "simulations: many",
			`small.txt:9:14: simulations: "many" is not a whole number ≥ 1`},
		{"generations", "generations: 6", "generations: 6.5",
			`small.txt:10:14: generations: "6.5" is not a whole number ≥ 0`},
		{"epsilon", "epsilon: 2.31", "epsilon: -1", `small.txt:11:10: epsilon: "-1" is not a number ≥ 0`},
		{"until", "until: 2026-06-30", "until: 2026-06-31",
			`small.txt:12:8: until: "2026-06-31" is not a date such as 2026-06-30`},
		{"command", "command: misstep calibrate --seed 7", "command: ",
			`small.txt:13:10: command: "" is not words in one line`},
		{"heading", "path\tprior\tunit", "path\tunit\tprior",
			`small.txt:15:6: column 2 is "unit", not "prior"; the columns are path,prior,unit,`},
		{"heading too short", "\tinformed_by", "",
			`small.txt:15:1: the column "informed_by" is missing; the columns are path,prior,unit,`},
		{"unknown path", "onset.B>A.rate\t1", "onset.B>A.rat\t1",
			`small.txt:16:1: path: "onset.B>A.rat": no number of a scenario has this path`},
		{"duplicate column", "evidence.gap\t20d", "onset.B>A.rate\t20",
			`small.txt:18:1: path: parameter "onset.B>A.rate" comes twice; first on line 16`},
		{"bad prior", "\t1 to 4\t", "\t4 to 1\t", `small.txt:16:16: prior: the interval 4 to 1 is empty`},
		{"point prior", "\t1 to 4\t", "\t4\t", `small.txt:16:16: prior: 4 is a single value, which no record can update`},
		{"another prior", "\t1 to 4\t", "\t1 to 5\t",
			`small.txt:16:27: prior_90: the prior 1 to 5 has 1 to 5 as its central 90 %`},
		{"no unit", "\t1/y\t", "\t\t", `small.txt:16:23: unit: is empty; fill it in`},
		{"no interval", "\t1/y\t1 to 4", "\t1/y\t1 till 4",
			`small.txt:16:27: prior_90: "1 till 4" is not an interval such as 0.1 to 0.4`},
		{"days without d", "\td\t20d to 90d", "\td\t20 to 90",
			`small.txt:18:27: prior_90: "20 to 90" is not an interval such as 20d to 60d`},
		{"contraction", "no\tT1\n", "maybe\tT1\n", `silent: "maybe" is not known; known: yes, no`},
		{"silent", "no\tT1\n", "yes\tT1\n", `silent: does not fit a contraction of`},
		{"unknown target", "\tT26, T12", "\tT26, T99", `unknown target "T99"`},
		{"no target", "\tT26, T12", "\tE001", `unknown target "E001"`},
		{"target twice", "\tT26, T12", "\tT26, T26", `target T26 comes twice`},
		{"too few cells", "\tT1\n", "\n", `small.txt:16:1: 7 cells for 8 columns; cells are separated by single tabs`},
		{"heading of the sample", "weight\tonset.B>A.rate", "weight\tchoice.price",
			`small.txt:20:8: column 2 is "choice.price", not "onset.B>A.rate"`},
		{"no weight", row, "x\t" + rest, `small.txt:21:1: weight: "x" is no number`},
		{"weight 0", row, "0\t" + rest, `small.txt:21:1: weight: 0 is not above 0 and at most 1`},
		{"sum", row, "0.5\t" + rest, `small.txt:20:1: the weights sum to 1.4`},
		{"no number", row, weight + "\tone\t" + others, fmt.Sprintf(`small.txt:21:%d: onset.B>A.rate: "one" is no number`,
			len(weight)+2)},
		{"outside the domain", row, weight + "\t-1\t" + others,
			fmt.Sprintf(`small.txt:21:%d: onset.B>A.rate: -1 is outside the domain: ≥ 0`, len(weight)+2)},
		{"infinite", row, weight + "\tInf\t" + others, `"Inf" is no number`},
		{"cells of a row", row, row + "\t1", `small.txt:21:1: 5 cells for 4 columns`},
		{"after the end", lines[59] + "\n", lines[59] + "\n\nmore\n", `small.txt:62:1: "more" after the end of the sample`},
		{"not UTF-8", "mix", "m\xffx", "small.txt: not UTF-8"},
		{"another sample", interval, "1 to 4", `small.txt:16:34: posterior_90: the sample has ` + interval +
			` as its central 90 %`},
	} {
		if !strings.Contains(good, c.from) {
			t.Fatalf("%s: %q is not in the file", c.name, c.from)
		}
		text := strings.Replace(good, c.from, c.to, 1)
		_, err := Parse("small.txt", []byte(text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n%v\nwant %s", c.name, err, c.want)
		}
	}
}

// TestSupport: a value inside the domain and outside of a bounded prior is refused.
func TestSupport(t *testing.T) {
	columns := []Column{{Path: "choice.price", Prior: "uniform(0.1, 0.2)", Unit: "U"}}
	p, err := New("x", header(2), columns, []float64{1, 1}, [][]float64{{0.11}, {0.19}})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(p.Bytes()), "0.5\t0.11", "0.5\t0.21", 1)
	if _, err := Parse("x", []byte(text)); err == nil ||
		!strings.Contains(err.Error(), "choice.price: 0.21 is outside the support of the prior uniform(0.1, 0.2)") {
		t.Error(err)
	}
}

// TestNewRefuses: what makes no posterior is no panic.
func TestNewRefuses(t *testing.T) {
	one := []Column{{Path: "choice.price", Prior: "0.1 to 0.2", Unit: "U"}}
	for name, c := range map[string]struct {
		columns []Column
		weights []float64
		rows    [][]float64
		want    string
	}{
		"no row":         {one, nil, nil, "no row in the sample"},
		"one row":        {one, []float64{1}, [][]float64{{.1}}, "two or more"},
		"a negative one": {one, []float64{-1, 2}, [][]float64{{.1}, {.2}}, "weight: -1 is not above 0"},
		"outside":        {one, []float64{1, 1}, [][]float64{{.1}, {-2}}, "-2 is outside the domain"},
		"an unknown path": {[]Column{{Path: "choice.pice", Prior: "0.1 to 0.2", Unit: "U"}}, []float64{1, 1},
			[][]float64{{.1}, {.2}}, "choice.pice: no number"},
		"a name without quotes": {[]Column{{Path: "states.A & B.choice.price", Prior: "0.1 to 0.2", Unit: "U"}},
			[]float64{1, 1}, [][]float64{{.1}, {.2}}, `the path of this number is states."A & B".choice.price`},
		"a name in pieces": {[]Column{{Path: "states.Tu\u0308rkei.choice.price", Prior: "0.1 to 0.2", Unit: "U"}},
			[]float64{1, 1}, [][]float64{{.1}, {.2}}, "the path of this number is states.T\u00fcrkei.choice.price"},
		"a unit too long": {[]Column{{Path: "choice.price", Prior: "0.1 to 0.2", Unit: "U\t1"}}, []float64{1, 1},
			[][]float64{{.1}, {.2}}, "cells for 8 columns"},
		"a prior of lines": {[]Column{{Path: "choice.price", Prior: "0.1 to\n0.2", Unit: "U"}}, []float64{1, 1},
			[][]float64{{.1}, {.2}}, "more than one line"},
	} {
		if _, err := New("x", header(9), c.columns, c.weights, c.rows); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestQuotedNames: a fit of a state whose name needs quotes is read back, and updates that state's number.
func TestQuotedNames(t *testing.T) {
	for _, who := range []string{"Virgin Islands (U.S.)", "Korea, Republic of", "Trinidad & Tobago", "भारत"} {
		path := "states." + scenario.Quoted(who) + ".choice.price"
		p, err := New("x", header(9), []Column{{Path: path, Prior: "0.1 to 0.2", Unit: "U"}}, []float64{1, 1},
			[][]float64{{.1}, {.2}})
		if err != nil {
			t.Fatal(err)
		}
		v, err := scenario.Load("x", []byte(strings.ReplaceAll(`misstep: 1
title: T
start: 2026-01-01
horizon: 1y
assumptions:
  states: {"WHO": {choice: {price: 0.1 to 0.2}}, B: {}}
  onset: [{source: B, victim: "WHO", rate: 1, mix: {espionage: 1}}]
arms: {one: {}}
`, "WHO", who)), scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if v = p.Condition(v); v.Joint == nil || v.Slots[v.Joint.Slots[0]].Path != "assumptions."+path {
			t.Errorf("%s: %+v", who, v.Joint)
		}
	}
}

// FuzzParse: no file breaks the reader, and one that it accepts is read back equal.
func FuzzParse(f *testing.F) {
	f.Add(small(f).Bytes())
	f.Add([]byte("format: 1\n\npath\tprior\n"))
	f.Add(bytes.Replace(small(f).Bytes(), []byte("particles: 40"), []byte("particles: 4000000000000"), 1))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse("x", data)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		again, err := Parse("x", p.Bytes())
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%v", err)
		}
	})
}

// TestContraction against closed forms: rows at the quantiles of a normal of s times
// the prior's spread give 1 − s; what is wider gives 0; a shift alone gives 0; one
// row says nothing.
func TestContraction(t *testing.T) {
	prior, err := param.ParseDist("normal(2, 3)", param.Real)
	if err != nil {
		t.Fatal(err)
	}
	const n = 4000
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = 1
	}
	for _, c := range []struct{ shift, spread, want float64 }{{0, 1, 0}, {0, 0.5, 0.5}, {4, 0.5, 0.5}, {3, 1, 0},
		{0, 1.5, 0}, {0, 0.05, 0.95}} {
		values := make([]float64, n)
		for i := range values {
			values[i] = c.shift + 2 + c.spread*(prior.Quantile((float64(i)+0.5)/n)-2)
		}
		if got := contraction(prior, values, weights); math.Abs(got-c.want) > 0.002 {
			t.Errorf("shift %v, spread %v: %v", c.shift, c.spread, got)
		}
	}
	if got := contraction(prior, []float64{2}, []float64{1}); got != 0 {
		t.Errorf("one row: %v", got)
	}
	// Two equal rows of half the weight are no knowledge of their own.
	a := contraction(prior, []float64{1, 3, 4}, []float64{2, 1, 1})
	b := contraction(prior, []float64{1, 3, 4}, []float64{0.5, 0.25, 0.25})
	if math.Abs(a-b) > 1e-12 {
		t.Errorf("the scale of weights counts: %v, %v", a, b)
	}
}
