package backtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A forecast as a file is comments that begin with "# ", a table of comma-separated values, and a last
// line "# sha256 " with the SHA-256, in hexadecimal, of all bytes before it.

const (
	forecastTitle = "# misstep forecast: publicly documented accusations of China by governments"
	sumPrefix     = "# sha256 "
)

func forecastColumns() []string {
	out := []string{"year", "quantity", "mean", "q05", "q25", "q50", "q75", "q95"}
	for x := range mostListed + 1 {
		out = append(out, "p"+strconv.Itoa(x))
	}
	return append(out, "p"+strconv.Itoa(mostListed+1)+"plus")
}

// Bytes is the forecast as a file.
func (f *Forecast) Bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, forecastTitle)
	for _, x := range f.fields() {
		fmt.Fprintf(&b, "# %s: %s\n", x.name, *x.value)
	}
	fmt.Fprintf(&b, "# seed: %d\n# generator: %s\n# futures: %d\n", f.Seed, f.Generator, f.Futures)
	for _, q := range Quantities {
		fmt.Fprintf(&b, "# quantity %s: %s, in a calendar year\n", q.ID, q.Label)
	}
	fmt.Fprintln(&b, "# probabilities are (m + p/2) / (M + 1/2): m of M futures, and p of a Gamma-Poisson baseline on "+
		"the record")
	rows := [][]string{forecastColumns()}
	for i := range f.Rows {
		rows = append(rows, f.Rows[i].cells())
	}
	b.Write(table(rows))
	fmt.Fprintf(&b, "%s%s\n", sumPrefix, sum(b.Bytes()))
	return b.Bytes()
}

func (r *ForecastRow) cells() []string {
	// Probabilities have six significant digits, so that a rare count keeps its score.
	return slices.Concat([]string{strconv.Itoa(r.Year), r.Quantity, strconv.FormatFloat(r.Mean, 'f', 4, 64)},
		whole(r.Quantiles[:]), numbers(r.Mass[:]...), numbers(r.More))
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Verified is what a forecast file says, once its hash is right.
type Verified struct {
	Origin
	First, Last int // years
	Rows        int
	SHA256      string
}

// VerifyForecast checks the hash of a forecast file, and that its table holds probability
// distributions.
func VerifyForecast(data []byte) (*Verified, error) {
	at := bytes.LastIndex(data, []byte(sumPrefix))
	if at < 0 || at > 0 && data[at-1] != '\n' {
		return nil, errors.New("no line of a sha256 at the end: no forecast of misstep, or its end is missing")
	}
	stated, body := strings.TrimSuffix(string(data[at+len(sumPrefix):]), "\n"), data[:at]
	v := &Verified{SHA256: sum(body)}
	if v.SHA256 != stated {
		return nil, fmt.Errorf("the file was changed after it was made: its sha256 is %s, and its end says %q", v.SHA256,
			stated)
	}
	if !bytes.HasPrefix(body, []byte(forecastTitle+"\n")) {
		return nil, errors.New("line 1: no forecast of misstep; its first line is missing")
	}
	for line := range strings.Lines(string(body)) {
		for _, x := range v.fields() {
			if value, ok := strings.CutPrefix(line, "# "+x.name+": "); ok {
				*x.value = strings.TrimSuffix(value, "\n")
			}
		}
	}
	return v, v.table(body)
}

func (v *Verified) table(body []byte) error {
	r := csv.NewReader(bytes.NewReader(body))
	r.Comment = '#'
	head, err := r.Read()
	if err != nil || !slices.Equal(head, forecastColumns()) {
		return errors.New("the table does not have the columns of a forecast of this version")
	}
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("the table cannot be read: %w", err)
	}
	for i, row := range rows {
		year, err := strconv.Atoi(row[0])
		if err != nil {
			return fmt.Errorf("row %d: %q is no year", i+1, row[0])
		}
		total := 0.0
		for _, cell := range row[len(row)-mostListed-2:] {
			p, err := strconv.ParseFloat(cell, 64)
			if err != nil || !(p >= 0 && p <= 1) {
				return fmt.Errorf("row %d: %q is no probability", i+1, cell)
			}
			total += p
		}
		if math.Abs(total-1) > 1e-4 {
			return fmt.Errorf("row %d: the probabilities sum to %.5f", i+1, total)
		}
		if v.First == 0 || year < v.First {
			v.First = year
		}
		v.Last = max(v.Last, year)
	}
	if v.Rows = len(rows); v.Rows == 0 {
		return errors.New("the table has no row")
	}
	return nil
}
