package posterior

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Format is the version of the layout.
const Format = 1

// SilentBelow is the contraction below which the record is called silent.
const SilentBelow = 0.10

// Posterior is a weighted sample of parameter vectors with where it comes from.
type Posterior struct {
	Name    string // the file's, without folder; it is no part of the bytes
	Header  Header
	Columns []Column
	Weights []float64   // by row, > 0, summing to 1
	Rows    [][]float64 // rows × columns, in the domains of the parameters
}

// Header says what made a sample.
type Header struct {
	Model       string  // version of the model
	Inputs      string  // SHA-256 of all that the calibration depends on, hexadecimal
	Generator   string  // of random numbers: mix or philox
	Seed        uint64  //
	Particles   int     // of the population; at least the rows, as equal ones are merged
	ESS         float64 // effective sample size by the weights, > 0
	ESSFamily   float64 // the same, allowing for common descent, > 0
	Simulations int     // data sets simulated, > 0
	Generations int     // of the sampler, ≥ 0
	Epsilon     float64 // last threshold of the distance, ≥ 0
	Until       string  // the last day of the record that was used: 2026-06-30
	Command     string  // that made it, in one line
}

// Column is one parameter of the sample.
type Column struct {
	Path        string     // without the leading "assumptions."
	Prior       string     // as in a scenario: 0.08 to 0.2
	Unit        string     // 1/y, d, –
	Prior90     [2]float64 // central 90 % of the prior
	Posterior90 [2]float64 // central 90 % of the sample
	Contraction float64    // 1 − sd after / sd before, on the prior's normal scores; [0, 1]
	Silent      bool       // Contraction < [SilentBelow]
	InformedBy  []string   // keys of targets; nil for none

	dist   param.Dist
	domain param.Domain
}

// Dist is the prior.
func (c *Column) Dist() param.Dist { return c.dist }

// New makes a posterior of a sample: weights > 0, one a row, rows × columns. Of each column path,
// prior, unit and informed-by are read and the rest is computed. Values and weights are rounded to six
// significant digits, as the file has them. The error, if any, is [Problems].
func New(name string, h Header, columns []Column, weights []float64, rows [][]float64) (*Posterior, error) {
	p := &Posterior{Name: name, Header: h}
	p.Header.ESS, p.Header.ESSFamily, p.Header.Epsilon = round(h.ESS, 6), round(h.ESSFamily, 6), round(h.Epsilon, 6)
	var problems Problems
	for _, c := range columns {
		c.Path = scenario.ShortPath(c.Path)
		if err := c.resolve(); err != nil {
			problems = append(problems, Problem{File: name, What: c.Path + ": " + err.Error()})
		}
		if len(c.InformedBy) == 0 {
			c.InformedBy = nil
		}
		p.Columns = append(p.Columns, c)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	for i, row := range rows {
		kept := make([]float64, len(row))
		for k, x := range row {
			kept[k] = p.Columns[k].rounded(x)
		}
		p.Rows = append(p.Rows, kept)
		p.Weights = append(p.Weights, round(weights[i]/total, 6))
	}
	if len(rows) == 0 {
		return nil, Problems{{File: name, What: "no row in the sample; two or more are needed"}}
	}
	for k := range p.Columns {
		p.describe(k)
	}
	// One door checks everything: what cannot be read back is no posterior.
	return Parse(name, p.Bytes())
}

func (c *Column) resolve() error {
	if err := c.findDomain(); err != nil {
		return err
	}
	if err := c.readPrior(); err != nil {
		return fmt.Errorf("prior %w", err)
	}
	return nil
}

func (c *Column) findDomain() error {
	var known bool
	c.domain, known = scenario.DomainOf(c.Path)
	if !known || c.Path != scenario.ShortPath(c.Path) || strings.ContainsFunc(c.Path, unicode.IsControl) {
		return errors.New("no number of a scenario has this path")
	}
	if path := scenario.ShortPath(scenario.FullPath(c.Path)); c.Path != path {
		return fmt.Errorf("the path of this number is %s", path)
	}
	return nil
}

func (c *Column) readPrior() (err error) {
	if strings.ContainsFunc(c.Prior, unicode.IsControl) {
		return fmt.Errorf("%q is more than one line", c.Prior)
	}
	if c.dist, err = param.ParseDist(c.Prior, c.domain); err == nil && c.dist.IsPoint() {
		return fmt.Errorf("%s is a single value, which no record can update", c.Prior)
	}
	return err
}

// rounded is x with six significant digits, or as many as keep it in the support.
func (c *Column) rounded(x float64) float64 {
	for digits := 6; digits < 17; digits++ {
		if r := round(x, digits); c.holds(r) == nil {
			return r
		}
	}
	return x
}

// holds fails for a value outside of the domain or of the support of the prior.
func (c *Column) holds(x float64) error {
	if err := c.domain.Check(x); err != nil {
		return err
	}
	if c.dist.Family == param.Uniform && (x < c.dist.A || x > c.dist.B) {
		return fmt.Errorf("%s is outside the support of the prior %s", param.FormatNumber(x, c.domain.Duration), c.Prior)
	}
	return nil
}

func (p *Posterior) describe(k int) {
	c := &p.Columns[k]
	values := p.column(k)
	for i, u := range [2]float64{0.05, 0.95} {
		c.Prior90[i] = round(c.dist.Quantile(u), 4)
		c.Posterior90[i] = round(scenario.WeightedQuantile(values, p.Weights, u), 4)
	}
	c.Contraction = math.Round(1000*contraction(c.dist, values, p.Weights)) / 1000
	c.Silent = c.Contraction < SilentBelow
}

func (p *Posterior) column(k int) []float64 {
	out := make([]float64, len(p.Rows))
	for i := range p.Rows {
		out[i] = p.Rows[i][k]
	}
	return out
}

func round(x float64, digits int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil {
		return x
	}
	return r
}
