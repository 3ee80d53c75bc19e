package model

import (
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// The histories that a calibration simulates.
const (
	AmericanHistory = "us-china-history"
	BritishHistory  = "uk-china-history"
)

// History loads a history that ships, by its name.
func History(name string) (*scenario.Scenario, error) {
	file := "history/" + name + ".yaml"
	text, err := scenarios.Files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return scenario.Load(name, text, LoadOptions(file, nil, true))
}

// Calibration prepares an inference of the parameters from the record up to a day, on
// the histories that ship; package calibrate runs it. Nil tables are the evidence that
// ships; targets named in without are left out.
func Calibration(tables *evidence.Tables, until time.Time, without ...string) (*calibrate.Problem, error) {
	if tables == nil {
		tables = evidence.Shipped()
	}
	american, err := History(AmericanHistory)
	if err != nil {
		return nil, err
	}
	british, err := History(BritishHistory)
	if err != nil {
		return nil, err
	}
	h, err := calibrate.NewHistories(american, british, until)
	if err != nil {
		return nil, err
	}
	return calibrate.NewProblem(h, tables, without...)
}
