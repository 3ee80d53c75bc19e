package main

import (
	"github.com/misstep/misstep/cmd/misstep/internal/fit"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/posterior"
)

// The tests of the command hang on no posterior and no tables that happen to be shipped;
// those about one put their own in place. A quick backtest takes a second a cut-off.
func init() {
	run.ShippedPosterior = func() (*posterior.Posterior, error) { return nil, nil }
	report.Tables = func() (fit, hindcast []byte) { return nil, nil }
	fit.BacktestQuick = backtest.Options{
		Calibrate: calibrate.Options{Particles: 3, Pilot: 8, MaxSimulations: 60}, Futures: 8}
	fit.VerifyQuick = calibrate.Options{Particles: 3, Pilot: 8, MaxSimulations: 60}
}
