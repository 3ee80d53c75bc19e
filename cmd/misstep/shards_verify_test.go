//go:build verify

package main

import (
	"path/filepath"
	"strconv"
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
		{"verify", "sbc", "--fits", "2"},
		{"verify", "without", "--quick"},
		{"backtest", "--quick", "--until", "2020-12-31", "--until", "2022-12-31", "--no-figures"},
	} {
		one, two, plan := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "plan")
		want := does(t, append(command, "--json", "--out", one)...)
		does(t, append([]string{"plan", "--each", "1", "--write", plan}, command...)...)
		n := shardsOf(t, plan)
		if n != 2 && command[1] != "without" {
			t.Errorf("%s in %d shards", command[0], n)
		}
		for k := n; k > 0; k-- {
			does(t, "shard", plan, strconv.Itoa(k))
		}
		if got := does(t, "merge", plan, "--out", two, "--json"); got != want {
			t.Errorf("%s: %d bytes, want %d", command[0], len(got), len(want))
		}
		same(t, one, two)
		t.Log(does(t, "merge", plan, "--out", two))
		if kept := contents(t, plan+"/shards"); len(kept) != n {
			t.Errorf("%d files are kept of %d fits", len(kept), n)
		}
	}
	fails(t, 2, "a forecast is not shared out", "plan", "--write", "nix", "backtest", "--forecast", "2027")
}

const (
	killedPlan  = "plan --each 2 --write plan sweep tiny.yaml --vary strength.clarify=0:1:4" + killedSample
	killedShard = "shard plan "
)

func init() {
	killables = append(killables, killable{"a plan", nil, killedPlan},
		killable{"a shard", []string{killedPlan}, killedShard + "1 --quiet"},
		killable{"a merge", []string{killedPlan, killedShard + "1", killedShard + "2"}, "merge plan --quiet"})
}
