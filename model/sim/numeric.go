package sim

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

func normalQuantile(p float64) float64 { return mathext.NormalQuantile(p) }
func expit(x float64) float64          { return 1 / (1 + math.Exp(-x)) }
func logit(p float64) float64          { return math.Log(p) - math.Log1p(-p) }

// gumbel is the standard Gumbel quantile.
func gumbel(u float64) float64 { return -math.Log(-math.Log(u)) }
