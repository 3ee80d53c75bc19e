package backtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/posterior"
)

// priorAsPosterior is a posterior of a few draws from the middle of the priors (at their
// ends a history can have too many events), over every coordinate that a scenario has;
// leave names one that it lacks.
func priorAsPosterior(t testing.TB, in Input, until, leave string) *posterior.Posterior {
	t.Helper()
	p, err := prepare(in, at(until))
	if err != nil {
		t.Fatal(err)
	}
	var columns []posterior.Column
	var kept []int
	for n := range p.problem.Space.Coordinates {
		c := &p.problem.Space.Coordinates[n]
		if !c.OfRecord() && c.Path != leave {
			kept = append(kept, n)
			columns = append(columns, posterior.Column{Path: c.Path, Prior: c.Dist.Text, Unit: "–"})
		}
	}
	var rows [][]float64
	z, values := make([]float64, p.problem.Dims()), make([]float64, p.problem.Dims())
	for i := range 4 {
		rep := random.NewSource(0, 5).Replicate(uint64(i))
		for k := range z {
			z[k] = rep.Normal(random.Stream(9, random.Future), k) / 2
		}
		p.problem.Space.Values(z, values)
		var row []float64
		for _, n := range kept {
			row = append(row, values[n])
		}
		rows = append(rows, row)
	}
	h := posterior.Header{Model: experiment.ModelVersion, Inputs: strings.Repeat("0", 64), Generator: "mix", Seed: 1,
		Particles: 4, ESS: 4, ESSFamily: 4, Simulations: 4, Until: until, Command: "a test"}
	out, err := posterior.New("prior.txt", h, columns, []float64{1, 1, 1, 1}, rows)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func forecastOptions(workers int) ForecastOptions {
	return ForecastOptions{First: 2027, Last: 2029, Futures: 6, Seed: 3, Workers: workers, Made: at("2026-11-21")}
}

// TestForecast: from a posterior to a file and back; the same bytes for any number of
// workers; quantiles, probabilities and heads that belong together.
func TestForecast(t *testing.T) {
	in := shippedInput(t)
	p := priorAsPosterior(t, in, "2026-06-30", "")
	f, err := MakeForecast(context.Background(), in, p, forecastOptions(1))
	if err != nil {
		t.Fatal(err)
	}
	again, err := MakeForecast(context.Background(), in, p, forecastOptions(3))
	if err != nil || !bytes.Equal(f.Bytes(), again.Bytes()) {
		t.Errorf("the number of workers changes the forecast: %v", err)
	}
	if len(f.Rows) != 3*len(Quantities) || f.Rows[0].Year != 2027 || f.Rows[5].Year != 2029 ||
		f.Rows[5].Quantity != "british" {
		t.Fatalf("%+v", f.Rows)
	}
	for _, r := range f.Rows {
		total := r.More
		for x, m := range r.Mass {
			total += m
			if m <= 0 {
				t.Errorf("%d %s: P(%d) = %v", r.Year, r.Quantity, x, m)
			}
		}
		near(t, "sum", total, 1, 1e-9)
	}
	data := f.Bytes()
	v, err := VerifyForecast(data)
	if err != nil {
		t.Fatal(err)
	}
	if v.Made != "2026-11-21" || v.Model != experiment.ModelVersion || v.Posterior != sum(p.Bytes()) ||
		v.Until != "2026-06-30" || v.First != 2027 || v.Last != 2029 || v.Rows != 6 {
		t.Errorf("%+v", v)
	}
	for _, want := range []string{"\n# seed: 3\n", "\n# futures: 6\n", "\nyear,quantity,mean,q05,", ",p15,p16plus\n",
		"\n2028,british,"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is not in\n%s", want, data)
		}
	}
}

// TestForecastRefuses: what cannot be forecast is said before anything is simulated.
func TestForecastRefuses(t *testing.T) {
	in := shippedInput(t)
	whole := priorAsPosterior(t, in, "2026-06-30", "")
	other := *whole
	other.Columns = append([]posterior.Column(nil), whole.Columns...)
	path := ""
	for i := range other.Columns {
		if strings.HasPrefix(other.Columns[i].Path, "prices.United States@") {
			path = other.Columns[i].Path
		}
	}
	for name, c := range map[string]struct {
		p    *posterior.Posterior
		edit func(*ForecastOptions)
		want string
	}{
		"none":      {nil, func(*ForecastOptions) {}, "ships no posterior"},
		"too early": {whole, func(o *ForecastOptions) { o.First = 2026 }, "2026 is no year to forecast; take 2027 or later"},
		"too late": {whole, func(o *ForecastOptions) { o.Last = 2037 },
			"more than 10 years after the record; take 2036 or earlier"},
		"backwards": {whole, func(o *ForecastOptions) { o.First, o.Last = 2029, 2027 }, "run backwards; write 2027-2029"},
		"too few":   {whole, func(o *ForecastOptions) { o.Futures = 1 }, "1 futures give no distribution"},
		"strange":   {elsewhere(whole), func(*ForecastOptions) {}, "has none of the numbers of the histories"},
		"day":       {withUntil(whole, "soon"), func(*ForecastOptions) {}, `"soon" is no date`},
	} {
		o := forecastOptions(1)
		c.edit(&o)
		if _, err := MakeForecast(context.Background(), in, c.p, o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := MakeForecast(context.Background(), in, nil, forecastOptions(1)); !errors.Is(err, ErrNoPosterior) {
		t.Error(err)
	}
	changed := shippedInput(t)
	for i := range changed.American.Slots {
		if s := &changed.American.Slots[i]; strings.Contains(s.Path, path) {
			s.Dist.B *= 1.5
		}
	}
	if _, err := MakeForecast(context.Background(), changed, whole, forecastOptions(1)); err == nil ||
		!strings.Contains(err.Error(), "another prior of "+path) {
		t.Error(err)
	}
}

func withUntil(p *posterior.Posterior, until string) *posterior.Posterior {
	out := *p
	out.Header.Until = until
	return &out
}

// TestForecastUsesPosterior: values of the rows reach the coordinates, those of the
// record stand at their medians.
func TestForecastUsesPosterior(t *testing.T) {
	in := shippedInput(t)
	p := priorAsPosterior(t, in, "2026-06-30", "")
	at, err := prepare(in, at("2026-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	fill, err := fromPosterior(at.problem, p, 8)
	if err != nil {
		t.Fatal(err)
	}
	values := make([]float64, at.problem.Dims())
	fill(5, nil, values) // two futures of each of four rows: the third row
	for n := range at.problem.Space.Coordinates {
		c := &at.problem.Space.Coordinates[n]
		want := c.Dist.Median()
		for k := range p.Columns {
			if p.Columns[k].Path == c.Path {
				want = p.Rows[2][k]
			}
		}
		if values[n] != want {
			t.Errorf("%s: %v, want %v", c.Path, values[n], want)
		}
	}
}

// small is a forecast that no simulation made.
func small() *Forecast {
	m := Mixed{newSample([]int{0, 1, 1, 20}), Poisson(1)}
	return &Forecast{Origin: Origin{"2026-11-21", "1", strings.Repeat("ab", 32), "2026-06-30"}, Seed: 1, Generator: "mix",
		Futures: 4, Rows: []ForecastRow{forecastRow(2027, "accusations", m), forecastRow(2028, "british", m)}}
}

// TestForecastRow: probabilities are those of the mixture, the tail is what is left.
func TestForecastRow(t *testing.T) {
	r := small().Rows[0]
	near(t, "mean", r.Mean, 5.5, 0)
	near(t, "P(1)", r.Mass[1], (2+0.5*math.Exp(-1))/4.5, 1e-15)
	near(t, "P(16 or more)", r.More, 1/4.5, 1e-9)
	if r.Quantiles != [5]int{0, 0, 1, 2, 20} {
		t.Errorf("%v", r.Quantiles)
	}
}

// TestVerifyFinds: any change of any byte is found.
func TestVerifyFinds(t *testing.T) {
	data := small().Bytes()
	if _, err := VerifyForecast(data); err != nil {
		t.Fatal(err)
	}
	for i := range data[:len(data)-1] {
		bad := bytes.Clone(data)
		bad[i] ^= 1
		if _, err := VerifyForecast(bad); err == nil {
			t.Errorf("byte %d, %q, can be changed", i, data[i])
		}
	}
	for name, bad := range map[string][]byte{"empty": nil, "cut": data[:len(data)-70],
		"more": append(bytes.Clone(data), "2030\n"...), "twice": append(bytes.Clone(data), data...)} {
		if _, err := VerifyForecast(bad); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// TestVerifyReads: a file with a right hash must be a forecast too.
func TestVerifyReads(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"title":       {forecastTitle, "# something else", "first line is missing"},
		"columns":     {"year,quantity", "quantity,year", "columns of a forecast"},
		"year":        {"2028,british", "soon,british", `row 2: "soon" is no year`},
		"short":       {"2028,british,", "2028,british\n", "cannot be read"},
		"sum":         {",0.222", ",0.122", "row 1: the probabilities sum to 0.90"},
		"probability": {",0.222", ",1.222", "is no probability"},
	} {
		body := string(small().Bytes())
		body = body[:strings.LastIndex(body, sumPrefix)]
		changed := strings.Replace(body, c.from, c.to, 1)
		if changed == body {
			t.Fatalf("%s: nothing to change", name)
		}
		if _, err := VerifyForecast([]byte(changed + sumPrefix + sum([]byte(changed)) + "\n")); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzVerifyForecast: no bytes make it panic, and what it accepts has the hash that it
// states.
func FuzzVerifyForecast(f *testing.F) {
	data := small().Bytes()
	f.Add(data)
	f.Add([]byte(sumPrefix + strings.Repeat("0", 64) + "\n"))
	f.Add([]byte("a\n" + sumPrefix))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := VerifyForecast(data)
		if err == nil && (!bytes.Contains(data, []byte(v.SHA256)) || v.Rows == 0) {
			t.Errorf("%+v", v)
		}
	})
}

// TestCommittedForecasts: what stands in forecast/ is as it was made, and its name says
// which years it holds.
func TestCommittedForecasts(t *testing.T) {
	files, err := filepath.Glob("forecast/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, err := VerifyForecast(data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		// a later one of the same years says so after a dash
		years, later, dash := fmt.Sprintf("%d-%d", v.First, v.Last), "", false
		name, begins := strings.CutPrefix(strings.TrimSuffix(filepath.Base(file), ".csv"), years)
		if later, dash = strings.CutPrefix(name, "-"); !begins || name != "" && (!dash || later == "") {
			t.Errorf("%s holds %s", file, years)
		}
		if made, err := time.Parse(time.DateOnly, v.Made); err != nil || made.Year() >= v.First {
			t.Errorf("%s was made on %s, when its years had begun", file, v.Made)
		}
	}
}

// elsewhere is a posterior of numbers that no history has.
func elsewhere(p *posterior.Posterior) *posterior.Posterior {
	out := *p
	out.Columns = append([]posterior.Column(nil), p.Columns...)
	for i := range out.Columns {
		out.Columns[i].Path = "elsewhere." + out.Columns[i].Path
	}
	return &out
}

// TestForecastLeavesSilentNumbersToTheirPriors: a posterior without a column forecasts
// with the prior of that number, and otherwise from its rows. Catches a number that is
// left at zero.
func TestForecastLeavesSilentNumbersToTheirPriors(t *testing.T) {
	in := shippedInput(t)
	path := "onset.China>United States.rate"
	f, err := MakeForecast(context.Background(), in, priorAsPosterior(t, in, "2026-06-30", path), forecastOptions(1))
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for _, r := range f.Rows {
		mean += r.Mean
	}
	if mean == 0 {
		t.Error("no accusation in any future: the rate is not drawn")
	}
}
