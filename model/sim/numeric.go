package sim

import "github.com/misstep/misstep/model/elem"

// gumbel is the standard Gumbel quantile.
func gumbel(u float64) float64 { return -elem.Log(-elem.Log(u)) }
