package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

// TestFlagsOfCommands: which command has which flags. Catches a flag that is declared
// and not read, or read and not declared.
func TestFlagsOfCommands(t *testing.T) {
	const common = " config quiet"
	sample := "draws generator replicates seed"
	for name, want := range map[string]string{
		"run": "anyway arm bom contrast draws export fail-if from full generator json no-figures no-side-runs out " +
			"posterior precision prior replicates seed set workers",
		"plan":    "arm contrast draws each generator length out posterior precision prior replicates seed set workers write",
		"check":   "json made out posterior prior questions " + sample + " set workers",
		"explain": "all arm contrast draw json misstep posterior prior replicate set " + sample,
		"params":  "arm assumed contrast headline json posterior prior set",
		"figures": "bare figure font gallery grey into panel set width",
		"score":   "baseline json outcomes", "validate": "", "schema": "", "new": "force from states", "version": "",
	} {
		for _, c := range cli.Root(&cli.App{}, commands).Commands() {
			if c.Name() != name {
				continue
			}
			have, expect := flagNames(c), strings.Fields(want+common)
			have = slices.DeleteFunc(have, func(f string) bool { return f == "help" })
			slices.Sort(have)
			slices.Sort(expect)
			if !slices.Equal(slices.Compact(have), expect) {
				t.Errorf("%s has %v, want %v", name, have, expect)
			}
		}
	}
}
