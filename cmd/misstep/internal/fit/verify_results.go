package fit

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
	"gonum.org/v1/gonum/stat/distuv"
)

// verifyDocument is verify.json: every fit, and what they come to together.
type verifyDocument struct {
	Inputs   json.RawMessage `json:"inputs"`
	Check    string          `json:"check"` // recovery, sbc or without
	Fits     []aFit          `json:"fits"`
	Coverage *coverage       `json:"coverage,omitempty"` // of recovery and sbc
	LeftOut  *leftOutScore   `json:"left_out,omitempty"` // of without
}

// coverage says how often the central 90 % of the posterior hold the true value.
type coverage struct {
	Inside    float64   `json:"inside"`     // share of all numbers of all fits
	HalfWidth say.Maybe `json:"half_width"` // of its 95 % interval, by Student's t over fits; null of one
	Below     float64   `json:"below"`      // mean weight of the posterior below the truth; .5 without bias
	Corrected int       `json:"corrected"`
	// Uneven is how many numbers have ranks that are not uniform, by chi-square at 1e-3 over all of them; 0 of few fits.
	Uneven  int            `json:"uneven"`
	Numbers []ofOneCovered `json:"numbers"`
}

// ofOneCovered is one number over all fits.
type ofOneCovered struct {
	Path      string        `json:"path"`
	Unit      string        `json:"unit"`
	Inside    int           `json:"inside"` // fits
	Below     float64       `json:"below"`  // mean
	Ranks     [rankedIn]int `json:"ranks"`  // fits, by eighths of the posterior in which the truth lies
	ChiSquare float64       `json:"chi_square"`
}

// rankedIn is in how many equal parts of the posterior the truth is looked for.
const rankedIn = 8

// enoughRanks is how many fits chi-square takes: five in each part.
const enoughRanks = 5 * rankedIn

// leftOutScore counts the statistics of the targets that were left out.
type leftOutScore struct {
	Statistics int `json:"statistics"`
	Inside     int `json:"inside"` // the central 90 % of what the others predict
}

// found makes files and screen.
func (v *verification) found() error {
	d := verifyDocument{Inputs: v.Work.Inputs, Check: v.check}
	if err := v.eachFit(func(f *aFit) error {
		d.Fits = append(d.Fits, *f)
		return nil
	}); err != nil {
		return err
	}
	fits := say.NewSheet(say.Exact, "fit without corrected ess epsilon simulations")
	for _, f := range d.Fits {
		fits.Row(f.Fit, f.Without, f.Corrected, f.ESS, f.Epsilon, f.Simulations)
	}
	v.Screen = &say.Screen{}
	v.Screen.Put("", "", "Check of the calibration: %s, %s of %s particles, seed %d", v.check,
		say.Counted(v.fits, "fit"), say.Thousands(v.options.Particles), v.options.Seed)
	var table runfolder.File
	if v.check == without {
		table = v.predictedTable(&d)
	} else {
		table = v.coveredTable(&d)
	}
	v.Report = d
	v.Files = []runfolder.File{runfolder.NewFile("verify.json", say.JSON(d), false),
		runfolder.NewFile("fits.csv", fits.CSV(), false), table}
	return nil
}

// coveredTable adds the coverage to a document and the screen.
func (v *verification) coveredTable(d *verifyDocument) runfolder.File {
	c := coverageOf(d.Fits)
	d.Coverage = c
	sheet := say.NewSheet(say.Exact, "path unit fits inside below rank_1 rank_2 rank_3 rank_4 rank_5 rank_6 rank_7 "+
		"rank_8 chi_square")
	for j := range c.Numbers {
		x, at := &c.Numbers[j], &v.problem.Space.Coordinates[j]
		x.Path, x.Unit = at.Path, at.Unit
		ranks := say.Each(x.Ranks[:], strconv.Itoa)
		sheet.Row(x.Path, x.Unit, len(d.Fits), x.Inside, x.Below, ranks, x.ChiSquare)
	}
	put := func(format string, args ...any) { v.Screen.Put(" ", "   ", format, args...) }
	within, over := "", ""
	if len(d.Fits) > 1 {
		within, over = " ± "+say.Number(100*float64(c.HalfWidth), 1), " (95 % interval, over fits)"
	}
	put("%s%s %% of the central 90 %% intervals of %d numbers hold the true value%s.", say.Number(100*c.Inside, 1), within,
		len(c.Numbers), over)
	put("On average %s %% of the posterior lie below it.", say.Number(100*c.Below, 1))
	if len(d.Fits) >= enoughRanks {
		put("The ranks of the true value are uneven for %d of %d numbers (chi-square, level .001 for all together).",
			c.Uneven, len(c.Numbers))
	}
	if n := len(d.Fits) - c.Corrected; n > 0 {
		put("%d of %s are not corrected for the accepted distance: too few particles.", n,
			say.Counted(len(d.Fits), "fit"))
	}
	return runfolder.NewFile("numbers.csv", sheet.CSV(), false)
}

// coverageOf needs one fit at least.
func coverageOf(fits []aFit) *coverage {
	numbers := len(fits[0].Below)
	c := &coverage{Numbers: make([]ofOneCovered, numbers)}
	n := float64(len(fits))
	var sum, squares float64
	for i := range fits {
		inside := 0
		for j, u := range fits[i].Below {
			x := &c.Numbers[j]
			if u >= 0.05 && u <= 0.95 {
				inside++
				x.Inside++
			}
			x.Below += u / n
			c.Below += u / n / float64(numbers)
			x.Ranks[min(rankedIn-1, int(u*rankedIn))]++
		}
		share := float64(inside) / float64(numbers)
		sum, squares = sum+share, squares+float64(share*share)
		if fits[i].Corrected {
			c.Corrected++
		}
	}
	c.Inside, c.HalfWidth = sum/n, say.Maybe(math.NaN())
	if n > 1 {
		c.HalfWidth = say.Maybe(student(n-1) * math.Sqrt(max(0, squares/n-float64(c.Inside*c.Inside))/(n-1)))
	}
	bound := distuv.ChiSquared{K: rankedIn - 1}.Quantile(1 - 1e-3/float64(numbers))
	for j := range c.Numbers {
		x, want := &c.Numbers[j], float64(n/rankedIn)
		for _, k := range x.Ranks {
			x.ChiSquare += float64(float64((float64(k)-want)*(float64(k)-want)) / want)
		}
		if x.ChiSquare > bound && len(fits) >= enoughRanks {
			c.Uneven++
		}
	}
	return c
}

// student is the 97.5 % quantile of Student's t with so many degrees of freedom.
func student(freedom float64) float64 {
	x := elem.BetaInverse(0.5, freedom/2, 0.95) // t²/(freedom + t²)
	return math.Sqrt(freedom * x / (1 - x))
}

// predictedTable adds what was left out to a document and the screen.
func (v *verification) predictedTable(d *verifyDocument) runfolder.File {
	sheet := say.NewSheet(say.Exact, "target id statistic unit observed one_sided posterior_5 posterior_50 posterior_95 "+
		"inside as_low as_high")
	score := &leftOutScore{}
	rows := [][]string{{"  left out", "documented", "predicted by the others (90 %)", ""}}
	for _, f := range d.Fits {
		for _, p := range f.Predicted {
			sheet.Row(p.Target, p.ID, p.Label, p.Unit, float64(p.Observed), p.OneSided, p.Posterior[:], p.Inside, p.AsLow,
				p.AsHigh)
			score.Statistics++
			mark := "outside"
			if p.Inside {
				score.Inside++
				mark = ""
			}
			short := func(x float64) string { return say.Short(x, false) }
			rows = append(rows, []string{"  " + p.ID + " " + p.Label, short(float64(p.Observed)),
				short(p.Posterior[1]) + " [" + short(p.Posterior[0]) + ", " + short(p.Posterior[2]) + "]", mark})
		}
	}
	d.LeftOut = score
	v.Screen.Table("lrll", rows...)
	v.Screen.Put(" ", "   ", "%d of %d lie inside the central 90 %% of what the others predict.", score.Inside,
		score.Statistics)
	return runfolder.NewFile("predicted.csv", sheet.CSV(), false)
}
