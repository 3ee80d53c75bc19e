package backtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/posterior"
)

// Forecast is the predictive distribution of years that nobody knows yet.
type Forecast struct {
	Origin
	Seed      uint64        `json:"seed"`
	Generator string        `json:"generator"`
	Futures   int           `json:"futures"`
	Rows      []ForecastRow `json:"rows"`
}

// Origin says what a forecast was made from.
type Origin struct {
	Made      string `json:"made"`      // the day on which it was made: 2026-11-21
	Model     string `json:"model"`     // version of the model
	Posterior string `json:"posterior"` // SHA-256 of the posterior's bytes, hexadecimal
	Until     string `json:"until"`     // the last day of the record that the posterior and the outlook know
}

type originField struct {
	name  string
	value *string
}

func (o *Origin) fields() []originField {
	return []originField{{"made", &o.Made}, {"model", &o.Model}, {"posterior_sha256", &o.Posterior},
		{"record_until", &o.Until}}
}

// ForecastRow is the distribution of a count in a year.
type ForecastRow struct {
	Year      int                     `json:"year"`
	Quantity  string                  `json:"quantity"` // the ID of one of [Quantities]
	Mean      float64                 `json:"mean"`
	Quantiles [5]int                  `json:"quantiles"` // at Levels
	Mass      [mostListed + 1]float64 `json:"mass"`      // P(X = 0 … 15)
	More      float64                 `json:"more"`      // P(X ≥ 16)

	base [len(BaselineNames)]Predictive // what the baselines predict
}

// Baseline are the rows of a baseline, by its place in [BaselineNames], of a forecast that [MakeForecast] made. Their
// mean is 0, since nobody asks for it.
func (f *Forecast) Baseline(b int) []ForecastRow {
	out := slices.Clone(f.Rows)
	for i := range out {
		r := &out[i]
		*r = rowOf(r.Year, r.Quantity, r.base[b])
	}
	return out
}

const mostListed = 15

// longestForecast is how many years after the record the last predicted one may lie.
const longestForecast = 10

// ForecastOptions say what to predict, and how.
type ForecastOptions struct {
	First, Last int // years, whole
	Futures     int // ≥ 2
	Generator   random.Generator
	Seed        uint64
	Workers     int
	Made        time.Time
	Progress    func(done, total int)
}

// ErrNoPosterior says that there is nothing to forecast from.
var ErrNoPosterior = errors.New("the program ships no posterior to forecast from; run misstep calibrate first")

// MakeForecast predicts the years with a posterior: futures of both histories from their start, with
// what comes from outside drawn as in a backtest cut off on the last day that the posterior has seen.
// The number of workers changes nothing. The error says which years can be predicted.
func MakeForecast(ctx context.Context, in Input, p *posterior.Posterior, o ForecastOptions) (*Forecast, error) {
	if p == nil {
		return nil, ErrNoPosterior
	}
	until, err := time.Parse(time.DateOnly, p.Header.Until)
	if err != nil {
		return nil, fmt.Errorf("the posterior's last day %q is no date; run misstep calibrate again", p.Header.Until)
	}
	if err := o.check(until); err != nil {
		return nil, err
	}
	at, err := prepare(in, until)
	if err != nil {
		return nil, err
	}
	values, err := fromPosterior(at.problem, p, o.Futures)
	if err != nil {
		return nil, err
	}
	play := at.player
	play.values, play.source = values, random.NewSource(o.Generator, o.Seed)
	for y := o.First; y <= o.Last; y++ {
		play.windows = append(play.windows, Window{y, newYear(y), newYear(y+1).AddDate(0, 0, -1), 1})
	}
	report := func(done int) {
		if o.Progress != nil {
			o.Progress(done, o.Futures)
		}
	}
	futures, err := play.play(ctx, o.Futures, o.Workers, report)
	if err != nil {
		return nil, err
	}
	f := &Forecast{Origin: Origin{date(o.Made), experiment.ModelVersion, sum(p.Bytes()), p.Header.Until}, Seed: o.Seed,
		Generator: o.Generator.String(), Futures: len(futures)}
	for w := range play.windows {
		for q := range Quantities {
			base := trainingOf(in.Tables, q, until).Baselines(1)
			mixed := Mixed{newSample(countsOf(futures, q, w)), base[0]}
			row := forecastRow(play.windows[w].Year, Quantities[q].ID, mixed)
			row.base = base
			f.Rows = append(f.Rows, row)
		}
	}
	return f, nil
}

func (o *ForecastOptions) check(until time.Time) error {
	first, last := until.Year()+1, until.Year()+longestForecast
	switch {
	case o.First > o.Last:
		return fmt.Errorf("the years %d–%d run backwards; write %d-%d", o.First, o.Last, o.Last, o.First)
	case o.First < first:
		return fmt.Errorf("the posterior knows the record to %s, so %d is no year to forecast; take %d or later",
			until.Format(time.DateOnly), o.First, first)
	case o.Last > last:
		return fmt.Errorf("%d lies more than %d years after the record; take %d or earlier", o.Last, longestForecast, last)
	case o.Futures < 2:
		return fmt.Errorf("%d futures give no distribution; take 2 or more", o.Futures)
	}
	return nil
}

func forecastRow(year int, quantity string, m Mixed) ForecastRow {
	r := rowOf(year, quantity, m)
	r.Mean = m.Sample.Mean()
	return r
}

func rowOf(year int, quantity string, m Predictive) ForecastRow {
	r := ForecastRow{Year: year, Quantity: quantity, More: max(0, 1-m.CDF(mostListed))}
	for x := range r.Mass {
		r.Mass[x] = m.Mass(x)
	}
	for i, u := range Levels {
		r.Quantiles[i] = Quantile(m, u)
	}
	return r
}

// fromPosterior gives the values of the rows of a posterior in turn, by their weights. A coordinate of
// the record, which no forecast reads, stands at its median; any other that the posterior lacks is
// drawn from its prior, as in a run. It is an error if a prior is another, or no coordinate is shared.
func fromPosterior(problem *calibrate.Problem, p *posterior.Posterior,
	n int) (func(int, *random.Replicate, []float64), error) {
	var column []int
	shared := false
	median := make([]float64, problem.Dims())
	for i := range problem.Space.Coordinates {
		c := &problem.Space.Coordinates[i]
		median[i] = c.Dist.Median()
		k := slices.IndexFunc(p.Columns, func(x posterior.Column) bool { return x.Path == c.Path })
		shared = shared || k >= 0
		if k >= 0 && !p.Columns[k].Dist().Same(c.Dist) {
			return nil, fmt.Errorf("the posterior %s was made with another prior of %s; run misstep calibrate with this program",
				p.Name, c.Path)
		}
		column = append(column, k)
	}
	if !shared {
		return nil, fmt.Errorf("the posterior %s has none of the numbers of the histories; run misstep calibrate with "+
			"this program", p.Name)
	}
	pick := calibrate.Systematic(p.Weights, n)
	return func(i int, rep *random.Replicate, values []float64) {
		row := p.Rows[pick[i]]
		for k, c := range column {
			switch x := &problem.Space.Coordinates[k]; {
			case c >= 0:
				values[k] = row[c]
			case x.OfRecord():
				values[k] = median[k]
			default:
				values[k] = x.Dist.Quantile(rep.Uniform(random.Stream(random.NameHash(x.Path), random.Future), 0))
			}
		}
	}, nil
}
