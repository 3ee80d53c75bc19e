package hub

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/misstep/misstep/model/record/backtest"
)

// File is a file of a hub, with its path in it, of slashes.
type File struct {
	Path string
	Data []byte
}

// models are those of a hub by their ids: the model, then the baselines in the order of backtest.BaselineNames.
var models = [1 + len(backtest.BaselineNames)]string{"misstep-main", "misstep-gammapoisson", "misstep-baserate",
	"misstep-lastvalue"}

// The two targets of a hub: the number, as quantiles, and its class, as probabilities.
const (
	countTarget = "accusations"
	classTarget = "accusations class"
)

// locations are the places of the quantities of a forecast: who accuses.
var locations = map[string]string{"accusations": "US-GB", "british": "GB"}

// Files are a hub with a forecast in it: its configuration, the output of the model and those of the three baselines
// that know only the record's counts. The error says that a date of the forecast is none.
func Files(f *backtest.Forecast) ([]File, error) {
	made, err := time.Parse(time.DateOnly, f.Made)
	if err != nil {
		return nil, fmt.Errorf("the forecast bears the date %q, which is none", f.Made)
	}
	out := []File{{"hub-config/admin.json", encoded(admin())}, {"hub-config/tasks.json", encoded(tasks(f, made))}}
	for i, id := range models {
		rows := f.Rows
		if i > 0 {
			rows = f.Baseline(i - 1)
		}
		out = append(out, File{fmt.Sprintf("model-output/%s/%s-%s.csv", id, f.Made, id), output(rows, made)})
	}
	return out, nil
}

// horizon is how many months lie between the month of a date and the last one of a year.
func horizon(made time.Time, year int) int { return 12*(year-made.Year()) + 12 - int(made.Month()) }

func lastDay(year int) string { return fmt.Sprintf("%d-12-31", year) }

func output(rows []backtest.ForecastRow, made time.Time) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	put := func(cells ...string) { _ = w.Write(cells) } // a buffer takes everything
	put("origin_date", "target", "horizon", "location", "target_end_date", typeColumn, idColumn, valueColumn)
	for i := range rows {
		r := &rows[i]
		row := func(target, kind, id, value string) {
			put(made.Format(time.DateOnly), target, strconv.Itoa(horizon(made, r.Year)), locations[r.Quantity],
				lastDay(r.Year), kind, id, value)
		}
		for k, level := range backtest.Levels {
			row(countTarget, Quantile, exact(level), strconv.Itoa(r.Quantiles[k]))
		}
		for k, id := range classes() {
			p := r.More
			if k < len(r.Mass) {
				p = r.Mass[k]
			}
			row(classTarget, PMF, id, exact(p))
		}
	}
	w.Flush()
	return b.Bytes()
}

// exact writes a number so that reading gives the same bits: a hub wants probabilities that sum to 1.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// classes are the categories of a count: each that a forecast lists, then all beyond.
func classes() (out []string) {
	n := len(backtest.ForecastRow{}.Mass)
	for x := range n {
		out = append(out, strconv.Itoa(x))
	}
	return append(out, strconv.Itoa(n)+" or more")
}

func encoded(x any) []byte {
	data, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		panic(err) // maps, texts and numbers
	}
	return append(data, '\n')
}
