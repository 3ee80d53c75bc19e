package model

import (
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// The histories that a calibration simulates, as they ship.
const (
	AmericanHistory = "history/us-china-history"
	BritishHistory  = "history/uk-china-history"
)

// Calibration prepares an inference of the parameters from the record up to a day, on
// the histories that ship; package calibrate runs it. Nil tables are the evidence that
// ships; targets named in without are left out.
func Calibration(tables *evidence.Tables, until time.Time, without ...string) (*calibrate.Problem, error) {
	if tables == nil {
		tables = evidence.Shipped()
	}
	var pasts [2]*scenario.Scenario
	for i, name := range [...]string{AmericanHistory, BritishHistory} {
		text, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			return nil, err
		}
		if pasts[i], err = scenario.Load(name[len("history/"):], text, LoadOptions(name+".yaml", nil, true)); err != nil {
			return nil, err
		}
	}
	h, err := calibrate.NewHistories(pasts[0], pasts[1], until)
	if err != nil {
		return nil, err
	}
	return calibrate.NewProblem(h, tables, without...)
}
