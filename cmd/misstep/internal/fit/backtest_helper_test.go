package fit

import (
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/calibrate"
)

// In tests --quick is a size at which a cut-off takes a second.
func init() {
	BacktestQuick = backtest.Options{Calibrate: calibrate.Options{Particles: 3, Pilot: 8, MaxSimulations: 60}, Futures: 8}
}
