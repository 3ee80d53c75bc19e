//go:build verify

package main

import (
	"path/filepath"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
)

// moreShared are commands that take seconds: one with expectations, one with figures.
var moreShared = [][]string{
	{"run", "uk-china-dialogue-2026", "--draws", "2", "--replicates", "3", "--no-figures"},
	{"breakeven", "tiny.yaml", "--vary", "strength.clarify=0:1:4", "--draws", "2", "--replicates", "3"},
}

// TestShardsOfFits: whole fits that are shared out give the bytes of one machine, and a state of the fit that was under
// way is not left.
func TestShardsOfFits(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, command := range [][]string{
		{"verify", "recovery", "--quick", "--fits", "2", "--seed", "7"},
		{"backtest", "--quick", "--until", "2020-12-31", "--until", "2022-12-31", "--no-figures"},
	} {
		one, two, plan := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "plan")
		want := does(t, append(command, "--json", "--out", one)...)
		does(t, append([]string{"plan", "--each", "1", "--write", plan}, command...)...)
		if n := shardsOf(t, plan); n != 2 {
			t.Errorf("%s in %d shards", command[0], n)
		}
		does(t, "shard", plan, "2")
		does(t, "shard", plan, "1")
		if got := does(t, "merge", plan, "--out", two, "--json"); got != want {
			t.Errorf("%s: %d bytes, want %d", command[0], len(got), len(want))
		}
		same(t, one, two)
		if kept := contents(t, plan+"/shards"); len(kept) != 2 {
			t.Errorf("%d files are kept of 2 fits", len(kept))
		}
	}
	fails(t, 2, "a forecast is not shared out", "plan", "--write", "nix", "backtest", "--forecast", "2027")
}
