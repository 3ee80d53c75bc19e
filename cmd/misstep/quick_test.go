package main

import (
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/calibrate"
)

// In tests --quick is a size at which a cut-off takes a second.
func init() {
	fit.BacktestQuick = backtest.Options{
		Calibrate: calibrate.Options{Particles: 3, Pilot: 8, MaxSimulations: 60}, Futures: 8}
}
