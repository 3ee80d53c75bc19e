package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// does runs a command that has to succeed, and returns its output.
func does(t *testing.T, args ...string) string {
	t.Helper()
	status, out, err := call(append(args, "--quiet")...)
	if status != 0 {
		t.Fatalf("misstep %s: status %d, %s", strings.Join(args, " "), status, err)
	}
	return out
}

// fails runs a command that has to end with a status and with words on the standard error.
func fails(t *testing.T, status int, words string, args ...string) {
	t.Helper()
	got, _, err := call(args...)
	if got != status || !strings.Contains(err, words) {
		t.Errorf("misstep %s: status %d, %q; want %d, %q", strings.Join(args, " "), got, err, status, words)
	}
}

// contents are the files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, dir)] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// same holds two folders against each other.
func same(t *testing.T, a, b string) {
	t.Helper()
	one, two := contents(t, a), contents(t, b)
	for name, text := range one {
		if two[name] != text {
			t.Errorf("%s: %s differs", b, name)
		}
	}
	if len(one) != len(two) || len(one) == 0 {
		t.Errorf("%d and %d files", len(one), len(two))
	}
}

// shardsOf is how many shards a plan has: none is there yet.
func shardsOf(t *testing.T, folder string) int {
	t.Helper()
	lines := strings.Fields(does(t, "merge", folder, "--missing"))
	last := lines[len(lines)-1]
	n, err := strconv.Atoi(last[strings.LastIndex(last, "-")+1:])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestShardsGiveTheBytes: a command that is shared out, its shards played in any order and some of them again, gives
// the bytes that it gives on one machine.
func TestShardsGiveTheBytes(t *testing.T) {
	clitest.InSmallFolder(t)
	sample := []string{"--draws", "3", "--replicates", "5", "--seed", "7", "--no-figures"}
	for _, command := range slices.Concat(moreShared, [][]string{
		append([]string{"run", "tiny.yaml", "--set", "choice.rationality=30"}, sample...),
		append([]string{"sensitivity", "tiny.yaml", "--trajectories", "1", "--rows", "2", "--leading", "2",
			"--point-replicates", "2"}, sample...),
	}) {
		one, two, plan := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "plan")
		want := does(t, append(command, "--json", "--out", one)...)
		each := map[bool]string{true: "30", false: "2"}[command[0] == "sensitivity"]
		does(t, append([]string{"plan", "--each", each, "--write", plan}, command...)...)
		n := shardsOf(t, plan)
		if n < 2 {
			t.Errorf("%s in %d shards", command[0], n)
		}
		var order []int
		for k := n; k > 0; k-- {
			order = append(order, k, k)
		}
		if command[0] == "sensitivity" { // whose rows depend on the screening
			fails(t, 1, "; what comes after them depends on them", "shard", plan, fmt.Sprint(n))
			slices.Sort(order)
		}
		for i, k := range order {
			out := does(t, "shard", plan, fmt.Sprint(k))
			if want := fmt.Sprintf("shard %d of %d: ", k, n); !strings.Contains(out, want) ||
				strings.HasPrefix(out, "unchanged ") != (i%2 == 1) {
				t.Errorf("%q", out)
			}
		}
		if got := does(t, "merge", plan, "--out", two, "--json"); got != want {
			t.Errorf("%s: %d bytes, want %d", command[0], len(got), len(want))
		}
		same(t, one, two)
	}
}

// planned4 is a plan of a sweep of four points in as many shards, with what it gives in the folder one and its seed.
func planned4(t *testing.T, seed string) (plan string) {
	t.Helper()
	sweep := []string{"sweep", "tiny.yaml", "--vary", "strength.clarify=0:1:4", "--draws", "2", "--replicates", "3",
		"--no-figures", "--seed", seed}
	plan = "plan" + seed
	does(t, append([]string{"plan", "--each", "1", "--write", plan}, sweep...)...)
	for _, k := range []string{"1", "2", "3", "4"} {
		does(t, "shard", plan, k)
	}
	does(t, append(sweep, "--out", "one"+seed)...)
	return plan
}

// TestShardDamage: what is missing, doubled, cut, edited or of another plan is named as an engine takes it, nothing is
// written, and to play it once more mends it.
func TestShardDamage(t *testing.T) {
	clitest.InSmallFolder(t)
	plan, other := planned4(t, "1"), planned4(t, "2")
	shard := func(k int) string { return fmt.Sprintf("%s/shards/%d.points", plan, k) }
	whole := contents(t, plan+"/shards")
	edit := func(k int, how func(string) string) {
		if err := os.WriteFile(shard(k), []byte(how(whole[fmt.Sprintf("/%d.points", k)])), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for words, damage := range map[string]func(){
		"2 of 4 shards are not there or not whole: 2,4 (2,4 missing)": func() {
			_, _ = os.Remove(shard(2)), os.Remove(shard(4))
		},
		"2-4 (4 damaged; 2-3 unfinished)": func() {
			edit(2, func(s string) string { return s[:len(s)-1] })
			edit(3, func(s string) string { return strings.SplitAfter(s, "\n")[0] })
			edit(4, func(s string) string { return strings.Replace(s, `"point":`, `"point": `, 1) })
		},
		"3 (3 a copy of shard 1)": func() { edit(3, func(string) string { return whole["/1.points"] }) },
		"1 (1 damaged)":           func() { edit(1, func(s string) string { return s + "more\n" }) },
		"1,3-4 (1,3-4 damaged)": func() {
			edit(1, func(string) string { return "hello\n" })
			edit(3, func(s string) string { return s + strings.SplitAfter(s, "\n")[1] })
			edit(4, func(s string) string { return strings.Replace(s, `"shard":4`, `"shard":3`, 1) })
		},
	} {
		damage()
		fails(t, 1, words, "merge", plan, "--out", "two")
		if cli.Exists("two") {
			t.Fatal("something is written")
		}
		lacking := does(t, "merge", plan, "--missing")
		list, _, _ := strings.Cut(words, " (")
		if got := list[strings.LastIndex(list, " ")+1:]; lacking != got+"\n" {
			t.Errorf("%q are missing, want %s", lacking, got)
		}
		for _, k := range []string{"1", "2", "3", "4"} {
			does(t, "shard", plan, k)
		}
	}
	stranger, err := os.ReadFile(other + "/shards/2.points")
	if err != nil {
		t.Fatal(err)
	}
	edit(2, func(string) string { return string(stranger) })
	fails(t, 1, "2 (2 of another plan)", "merge", plan)
	fails(t, 1, "a shard of another plan; move it to where it belongs", "shard", plan, "2")
	edit(2, func(s string) string { return s })
	does(t, "merge", plan, "--out", "two")
	same(t, "one1", "two")
}

// refusedOfPlans are commands that a plan in plan1 refuses, by the words of the error.
var refusedOfPlans = map[string]string{
	"plan1: stands already, and is not this plan": "plan --write plan1 sweep tiny.yaml " +
		"--vary strength.clarify=0:1:3",
	"misstep why is not shared out":                      "plan --write new why tiny.yaml",
	`unknown command "wy"`:                               "plan --write new wy tiny.yaml",
	"needs a command with its arguments":                 "plan --write new",
	"--draws stands before the command":                  "plan --draws 3 --write new run tiny.yaml",
	"--json: leave it out of a plan":                     "plan --write new run tiny.yaml --json",
	"--export: a table of all futures is not shared out": "plan --write new run tiny.yaml --export cases",
	"ask for --replicates in place of --precision":       "plan --write new run tiny.yaml --precision 1",
	"--length 0 is no time":                              "plan --length 0 --write new run tiny.yaml",
	"--each -1 is no number of points":                   "plan --each -1 --write new run tiny.yaml",
	"--length and --each are of --write":                 "plan --each 3 tiny.yaml",
	`unknown engine "slrm"; did you mean "slurm"?`:       "cluster slrm plan1",
	"--at-once 0 plays nothing":                          "cluster slurm plan1 --at-once 0",
	"new: no plan":                                       "cluster slurm new",
	`"x" is no number of a shard`:                        "shard plan1 x",
}

// changedPlan writes a plan once more, with a key of it changed.
func changedPlan(t *testing.T, w *runfolder.Work, key, dir string) {
	t.Helper()
	var in map[string]any
	if err := json.Unmarshal(w.Inputs, &in); err != nil {
		t.Fatal(err)
	}
	switch in[key] = "new"; key {
	case "stages":
		in[key] = []map[string]int{{"to": 0, "each": 3}}
	case "args":
		in[key] = []string{"--out=elsewhere"}
	case "command":
		in[key] = "calibrate"
	}
	var order struct {
		Version string   `json:"version"`
		Model   string   `json:"model_version"`
		Command string   `json:"command"`
		Args    []string `json:"args"`
		Head    string   `json:"head"`
		Proof   string   `json:"proof"`
		Stages  []struct {
			To   int `json:"to"`
			Each int `json:"each"`
		} `json:"stages"`
	}
	text, _ := json.Marshal(in)
	if err := json.Unmarshal(text, &order); err != nil {
		t.Fatal(err)
	}
	again := runfolder.NewWork(run.Program(), "plan", order)
	if _, err := runfolder.WriteWork(".", dir, again, w.Files, false); err != nil {
		t.Fatal(err)
	}
}

// TestPlanRefused: a plan that was changed, of another version, of which this program computes other numbers or reads
// other inputs; a folder that is none; a shard that it has not.
func TestPlanRefused(t *testing.T) {
	clitest.InSmallFolder(t)
	plan := planned4(t, "1")
	w, err := runfolder.OpenWork(plan)
	if err != nil {
		t.Fatal(err)
	}
	if w.Files[0].Data, err = os.ReadFile(filepath.Join(plan, "run.json")); err != nil {
		t.Fatal(err)
	}
	n := 0
	for key, words := range map[string]string{
		"version":       `made by misstep new with model`,
		"model_version": `with model new; this is`,
		"proof":         "this machine computes other numbers than the one that made the plan",
		"head":          "this program reads the plan otherwise than the one that made it",
		"args":          "--out is no part of a plan",
		"command":       "misstep calibrate is not shared out",
		"stages":        "a stage up to point 0 behind point 0, in shards of 3, is none",
	} {
		n++
		dir := fmt.Sprint("changed", n)
		changedPlan(t, w, key, dir)
		status := map[bool]int{true: cli.StatusUsage, false: cli.StatusFailed}[key == "command"]
		fails(t, status, words, "shard", dir, "1")
	}
	for words, args := range refusedOfPlans {
		fails(t, 2, words, append(strings.Fields(args), "--quiet")...)
		if cli.Exists("new") {
			t.Fatalf("%s: something is written", args)
		}
	}
	fails(t, 2, "plan1 has shards 1 to 4; there is no 5", "shard", plan, "5")
	fails(t, 2, "plan1 has shards 1 to 4; there is no 0", "shard", plan, "0")
	fails(t, 2, "one1: no plan; misstep plan --write one1 COMMAND makes one", "merge", "one1")
	fails(t, 2, "results of misstep sweep, not a plan", "merge", filepath.Dir(first(t, "one1/*/sweep/manifest.json")))
	if err := os.WriteFile(filepath.Join(plan, "run.json"), w.Files[0].Data[1:], 0o644); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "run.json: missing or changed since it was written", "shard", plan, "1")
	fails(t, 1, "run.json: missing or changed since it was written", "merge", plan)
}

// first is the first file of a pattern.
func first(t *testing.T, pattern string) string {
	t.Helper()
	found, _ := filepath.Glob(pattern)
	if len(found) == 0 {
		t.Fatal("no " + pattern)
	}
	return found[0]
}

// TestSharedOutOnce: a second merge, and a second command on a shard, are told of the first.
func TestSharedOutOnce(t *testing.T) {
	clitest.InSmallFolder(t)
	plan := planned4(t, "1")
	state := strings.TrimSuffix(first(t, "one1/*/sweep"), "/sweep") + ".sweep.state"
	log, err := runfolder.HoldLog(state)
	if err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "another misstep is at work on it", "merge", plan, "--out", "one1")
	log.Close()
	if err := os.Remove(plan + "/shards/3.points"); err != nil {
		t.Fatal(err)
	}
	if log, err = runfolder.HoldLog(plan + "/shards/3.points"); err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	fails(t, 1, "another misstep is at work on it", "shard", plan, "3")
}

// TestShardUnreadable: a shard that cannot be read at the moment is named by every command, and stays.
func TestShardUnreadable(t *testing.T) {
	clitest.InSmallFolder(t)
	plan := planned4(t, "1")
	whole := contents(t, plan+"/shards")
	defer func() { runfolder.Before = nil }()
	runfolder.Before = func(op, path string) error {
		if op == "open" && strings.HasSuffix(path, "3.points") {
			return syscall.EIO
		}
		return nil
	}
	for _, args := range []string{"shard plan1 3", "merge plan1 --out two", "merge plan1 --missing"} {
		fails(t, 1, "plan1/shards/3.points: cannot read: input/output error", strings.Fields(args)...)
	}
	runfolder.Before = nil
	if diff := cmp.Diff(whole, contents(t, plan+"/shards")); diff != "" || cli.Exists("two") {
		t.Errorf("something is written, or removed: %s", diff)
	}
	does(t, "merge", plan, "--out", "two")
	same(t, "one1", "two")
}

// TestShardOnAFullDisk: what is kept before the disk is full stays, and the same command goes on from it; on a disk
// that cannot be written to nothing is played; a merge leaves nothing half written.
func TestShardOnAFullDisk(t *testing.T) {
	clitest.InSmallFolder(t)
	sweep := strings.Fields("sweep tiny.yaml --vary strength.clarify=0:1:5 --draws 2 --replicates 3 --no-figures")
	does(t, append([]string{"plan", "--each", "5", "--write", "plan"}, sweep...)...)
	defer func() { runfolder.Before = nil }()
	writes := 0
	runfolder.Before = func(op, path string) error {
		if op == "write" && strings.HasSuffix(path, ".points") {
			if writes++; writes == 4 {
				return syscall.ENOSPC
			}
		}
		return nil
	}
	fails(t, 1, "1.points: cannot write: no space left on device; 2 points are kept", "shard", "plan", "1")
	runfolder.Before = func(op, _ string) error {
		if op == "create" || op == "mkdir" || op == "lock" {
			return syscall.EROFS
		}
		return nil
	}
	fails(t, 1, "read-only file system; nothing written", "shard", "plan", "1")
	runfolder.Before = nil
	before := contents(t, "plan/shards")["/1.points"]
	does(t, "shard", "plan", "1")
	if after := contents(t, "plan/shards")["/1.points"]; !strings.HasPrefix(after, before) || len(after) <= len(before) {
		t.Error("it did not go on from what was kept")
	}
	writes = 0
	runfolder.Before = func(op, path string) error {
		if op == "write" && strings.HasSuffix(path, ".state") {
			if writes++; writes == 4 {
				return syscall.ENOSPC
			}
		}
		return nil
	}
	fails(t, 1, ".state: cannot write: no space left on device; the shards are as they were", "merge", "plan", "--out",
		"two")
	runfolder.Before = nil
	if left, _ := filepath.Glob("two/*"); left != nil {
		t.Errorf("a merge that failed leaves %q", left)
	}
	does(t, "merge", "plan", "--out", "two")
	does(t, append(sweep, "--out", "one")...)
	same(t, "one", "two")
}
