package model

import (
	"time"

	"github.com/misstep/misstep/model/record/calibrate"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/scenarios"
)

// Histories are those that a calibration simulates: of the United States and of the United Kingdom with China.
func Histories() (american, british *scenario.Scenario, err error) {
	if american, err = history("us-china-history"); err == nil {
		british, err = history("uk-china-history")
	}
	return american, british, err
}

func history(name string) (*scenario.Scenario, error) {
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
	american, british, err := Histories()
	if err != nil {
		return nil, err
	}
	h, err := calibrate.NewHistories(american, british, until)
	if err != nil {
		return nil, err
	}
	return calibrate.NewProblem(h, tables, without...)
}
