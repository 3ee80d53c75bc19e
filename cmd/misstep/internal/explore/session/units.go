package session

import (
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// unitOf is the unit of a number; "" of one that is a number as such, on a scale that its words tell.
func unitOf(x *scenario.Slot) string {
	unit := ""
	if x.Param >= 0 {
		unit = param.Get(x.Param).Unit
	}
	switch {
	case x.Domain.Duration:
		return "d"
	case unit == "1/y":
		return "a year"
	case unit == "pieces", unit == "moves":
		return unit
	}
	return ""
}
