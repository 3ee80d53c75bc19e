// Package scenarios holds the shipped scenarios, so that a command finds them by
// name wherever it runs.
package scenarios

import (
	"embed"
	"path"
	"strings"
)

// Files are the shipped files: the scenarios, the histories under history/ that the
// model is calibrated on, and the scenarios under validation/ whose answers are known
// exactly.
//
//go:embed *.yaml history/*.yaml validation/*.yaml
var Files embed.FS

// Names lists the shipped scenarios by name, sorted, without the histories and
// those under validation/.
func Names() []string { return named(".") }

// Histories lists the histories, sorted, with their folder.
func Histories() []string { return named("history") }

// named lists the scenarios of a folder by the path that [Files] has them at, less
// the ending.
func named(folder string) []string {
	files, err := Files.ReadDir(folder)
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var out []string
	for _, f := range files {
		if name := f.Name(); path.Ext(name) == ".yaml" {
			out = append(out, path.Join(folder, strings.TrimSuffix(name, ".yaml")))
		}
	}
	return out
}
