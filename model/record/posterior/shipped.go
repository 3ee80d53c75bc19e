package posterior

import (
	_ "embed" // the sample that ships
	"sync"
)

//go:embed shipped/us-uk-china.txt
var shipped []byte

//go:embed shipped/fit.csv
var fitTable []byte

// ReadShipped returns the posterior that the program ships, which must not be changed. The error is
// about one of another version of the model, which a calibration replaces, or a mistake of ours.
func ReadShipped() (*Posterior, error) { return readOnce() }

// A test finds its mistakes, which takes longer than to read it.
var readOnce = sync.OnceValues(func() (*Posterior, error) { return parse("us-uk-china.txt", shipped, true) })

// FitTable is the table of targets that ships with it: what is documented, and what is
// predicted before and after the fit.
func FitTable() []byte { return fitTable }
