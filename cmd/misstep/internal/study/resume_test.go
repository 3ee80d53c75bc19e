package study

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// ran is the standard output of a command that succeeds.
func ran(t *testing.T, args ...string) []byte {
	t.Helper()
	status, out, err := call(append(args, "--quiet")...)
	if status != 0 {
		t.Fatalf("%v: %s", args, err)
	}
	return []byte(out)
}

// openStream makes the file for some inputs.
func openStream(path, command string, inputs any) (*points.Stream, error) {
	return points.Open(&cli.App{}, &cli.Points{Command: command, Head: points.Head(command, inputs), Log: path,
		Ends: []int{1}}, false)
}

// TestSweepPointIsARun: a point of a sweep is what run gives with --set, bit for bit,
// for every measure. Catches a layer in another place, draws with other addresses.
func TestSweepPointIsARun(t *testing.T) {
	clitest.InSmallFolder(t)
	sample := []string{"--draws", "3", "--replicates", "5", "--no-figures", "--json"}
	var swept struct {
		Points []sweepPoint `json:"points"`
	}
	if err := json.Unmarshal(ran(t,
		append([]string{"sweep", "tiny.yaml", "--vary", "strength.clarify=0.2:0.8:2", "--vary", "evidence.gap=60d:1y:2"},
			sample...)...), &swept); err != nil {
		t.Fatal(err)
	}
	if len(swept.Points) != 4 {
		t.Fatalf("%d points", len(swept.Points))
	}
	for _, p := range swept.Points {
		set := []string{"--set", "strength.clarify=" + say.Exact(p.Values[0]), "--set",
			"evidence.gap=" + say.Exact(p.Values[1]) + "d"}
		var s summary.Summary
		if err := json.Unmarshal(ran(t, append(append([]string{"run", "tiny.yaml"}, set...), sample...)...), &s); err != nil {
			t.Fatal(err)
		}
		want := sweepPointOf(p.Point, p.Values, &s)
		if !bytes.Equal(points.Inline(want), points.Inline(p)) {
			t.Errorf("%v: %s\nwant %s", p.Values, points.Inline(p), points.Inline(want))
		}
	}
}

// resumes plays a command once, then again from every part of its state, and holds that
// the files are the same. play leaves the state; the command is that of args.
func resumes(t *testing.T, command string, args []string, play func(a *cli.App) (*points.Stream, error),
	files ...string) {
	t.Helper()
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	a.Flags.Quiet = true
	cmd := cli.Root(a, commands)
	found, rest, err := cmd.Find(append([]string{command}, args...))
	if err != nil {
		t.Fatal(err)
	}
	if err := found.ParseFlags(rest); err != nil {
		t.Fatal(err)
	}
	a.Flags.Quiet = true
	kept, err := play(a)
	if err != nil {
		t.Fatal(err)
	}
	kept.Close()
	path := kept.Path
	state, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSuffix(path, "."+command+".state"), command)
	read := func() (all string) {
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(dir, f))
			if err != nil {
				t.Fatal(err)
			}
			all += string(data)
		}
		return all
	}
	var want string
	lines := bytes.SplitAfter(state, []byte("\n"))
	for _, n := range cuts(len(lines)) {
		part := bytes.Join(lines[:n], nil)
		if n%2 == 0 {
			part = append(part, lines[n][:len(lines[n])/2]...) // torn
		}
		if err := os.WriteFile(path, part, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		ran(t, append([]string{command, "--resume"}, args...)...)
		if got := read(); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("from %d of %d lines the files differ", n, len(lines))
		}
		if cli.Exists(path) {
			t.Errorf("%s is left", path)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if ran(t, append([]string{command}, args...)...); read() != want {
		t.Error("without an interruption the files differ")
	}
}

// cuts are up to nine places in so many lines, the first and the last among them.
func cuts(lines int) []int {
	var out []int
	for k := range 9 {
		out = append(out, 1+k*(lines-2)/8)
	}
	return slices.Compact(out)
}

// TestSweepResumes: from any point, and from a line that is torn.
func TestSweepResumes(t *testing.T) {
	clitest.InSmallFolder(t)
	args := []string{"tiny.yaml", "--vary", "strength.clarify=0:1:4", "--draws", "2", "--replicates", "3", "--no-figures"}
	resumes(t, "sweep", args, func(a *cli.App) (*points.Stream, error) {
		f := sweepFlags{vary: []string{"strength.clarify=0:1:4"}}
		found, err := f.find(context.Background(), a, "tiny.yaml")
		if err != nil {
			return nil, err
		}
		return found.kept, nil
	}, "points.csv", "manifest.json")
}

// TestBreakevenResumes: as a sweep.
func TestBreakevenResumes(t *testing.T) {
	clitest.InSmallFolder(t)
	args := []string{"tiny.yaml", "--vary", "strength.clarify=0:1:3", "--draws", "2", "--replicates", "3", "--no-figures"}
	resumes(t, "breakeven", args, func(a *cli.App) (*points.Stream, error) {
		f := breakevenFlags{vary: []string{"strength.clarify=0:1:3"}}
		found, err := f.find(context.Background(), a, "tiny.yaml")
		if err != nil {
			return nil, err
		}
		return found.kept, nil
	}, "effect.csv", "breakeven.json", "manifest.json")
}

// TestSensitivityResumes: within the screening, between it and the rows, and within
// them; here the scenario has four uncertain numbers.
func TestSensitivityResumes(t *testing.T) {
	clitest.InSmallFolder(t)
	few(t)
	args := []string{"tiny.yaml", "--trajectories", "1", "--rows", "2", "--leading", "2", "--point-replicates", "2",
		"--no-figures", "--draws", "2", "--replicates", "2"}
	resumes(t, "sensitivity", args, func(a *cli.App) (*points.Stream, error) {
		f := sensitivityFlags{Options: sensitivity.Options{Trajectories: 1, Rows: 2, Leading: 2, Replicates: 2}}
		found, err := f.find(context.Background(), a, "tiny.yaml")
		if err != nil {
			return nil, err
		}
		if n := found.kept.Have; n > 20 {
			t.Errorf("%d points: the numbers are not fixed", n)
		}
		return found.kept, nil
	}, "sensitivity.json", "screening.csv", "indices.csv", "manifest.json")
}

// few writes a config.yaml that fixes all numbers but a few at their defaults.
func few(t *testing.T) {
	t.Helper()
	a := &cli.App{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	j, err := run.Open(a, "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]string{}
	for _, p := range param.All() {
		group, name, _ := strings.Cut(p.Name, ".")
		spread := !j.Scenario.Slots[j.Scenario.Param(p.ID, "")].Dist.IsPoint()
		if spread && !slices.Contains([]string{"strength.clarify", "choice.price", "evidence.gap"}, p.Name) {
			groups[group] += "    " + name + ": " + param.FormatNumber(p.Default, p.Domain.Duration) + "\n"
		}
	}
	text := "model:\n"
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		text += "  " + g + ":\n" + groups[g]
	}
	if err := os.WriteFile("config.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
