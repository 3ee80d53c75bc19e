package evidence

import (
	"cmp"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/stat"
)

// lifetime is a time that ended, or that was still running when last seen.
type lifetime struct {
	days  float64
	ended bool
	rows  []string // that it rests on
}

// survivalMedian is the Kaplan–Meier median [KaplanMeier1958]: the first time by which the estimated
// share that goes on is one half or less. The interval holds the times at which the 95 % log–log
// interval of that share contains one half (Brookmeyer and Crowley). What the data never reach is +Inf;
// NaN without lifetimes.
func survivalMedian(lives []lifetime) (middle, low, high float64) {
	if len(lives) == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	x := slices.Clone(lives)
	slices.SortStableFunc(x, func(a, b lifetime) int { return cmp.Compare(a.days, b.days) })
	middle, low, high = math.Inf(1), math.Inf(1), math.Inf(1)
	share, greenwood := 1.0, 0.0
	for i := 0; i < len(x); {
		at, atRisk, ended := x[i].days, float64(len(x)-i), 0.0
		for ; i < len(x) && x[i].days == at; i++ {
			if x[i].ended {
				ended++
			}
		}
		if ended == 0 {
			continue
		}
		share *= 1 - ended/atRisk
		greenwood += ended / (atRisk * (atRisk - ended))
		from, to := logLog(share, greenwood)
		if share <= 0.5 {
			middle = min(middle, at)
		}
		if from <= 0.5 {
			low = min(low, at)
		}
		if to <= 0.5 {
			high = min(high, at)
		}
	}
	return middle, low, high
}

// logLog is the 95 % interval of a survival share from Greenwood's sum, on the scale of log(−log
// share); 0 to 1 where nobody goes on.
func logLog(share, greenwood float64) (from, to float64) {
	if share <= 0 {
		return 0, 1
	}
	step := stat.Z95 * math.Sqrt(greenwood) / math.Abs(elem.Log(share))
	return elem.Pow(share, elem.Exp(step)), elem.Pow(share, elem.Exp(-step))
}
