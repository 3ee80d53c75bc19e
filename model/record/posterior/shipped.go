package posterior

import (
	"embed"
	"strings"
	"sync"
)

//go:embed shipped
var files embed.FS

const folder = "shipped"

var readOnce = sync.OnceValues(read)

func read() (*Posterior, error) {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".txt") {
			continue
		}
		data, err := files.ReadFile(folder + "/" + e.Name())
		if err != nil {
			return nil, err
		}
		return Parse(e.Name(), data)
	}
	return nil, nil
}

// ReadShipped returns the posterior that the program ships, nil if there is none.
// The error is about one of another version of the model, which a calibration
// replaces, or a mistake of ours. The value must not be changed.
func ReadShipped() (*Posterior, error) { return readOnce() }

// FitTable is the table of targets that ships with the posterior: what is documented,
// and what is predicted before and after the fit; nil if none ships.
func FitTable() []byte {
	data, err := files.ReadFile(folder + "/fit.csv")
	if err != nil {
		return nil // none ships
	}
	return data
}
