package peers

import (
	"bytes"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "rewrite parameters.txt")

func parameters(t *testing.T) Parameters {
	t.Helper()
	p, err := Parse(Text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func played(t *testing.T, replicates int, seed uint64) Tally {
	t.Helper()
	m, err := Load(replicates, seed)
	if err != nil {
		t.Fatal(err)
	}
	return Play(m)
}

// TestParametersAreTheScenario: what the other programs read is what the scenario says, and nothing in it is left open.
func TestParametersAreTheScenario(t *testing.T) {
	m, err := Load(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if free := m.Plan.Scenario.Free(); free != 0 {
		t.Errorf("%d numbers of world.yaml are uncertain", free)
	}
	want := Derive(m).String()
	if *update {
		if err := os.WriteFile("parameters.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		Text = want
	}
	if Text != want {
		t.Error("parameters.txt is out of date: go test ./internal/peers -update")
	}
	if got := parameters(t).String(); got != want {
		t.Errorf("read and written again:\n%s\nwant\n%s", got, want)
	}
}

// sees is how many standard errors a mean may be off: level 1e-6.
const sees = 4.89

// agrees holds the means of a program to the exact ones, within Monte Carlo error and what the enumeration left out.
func agrees(t *testing.T, who string, got Tally) {
	t.Helper()
	want, rest := exactly()
	for i, name := range []string{"incidents", "steps", "missteps", "replies"} {
		for arm := range 2 {
			at := arm*Outcomes + i
			n := float64(got.N)
			mean := got.Sum[at] / n
			deviation := math.Sqrt(got.Products[at][at]/n - mean*mean)
			if slack := sees*deviation/math.Sqrt(n) + rest*mean; math.Abs(mean-want[at]) > slack || deviation == 0 {
				t.Errorf("%s, arm %d: %.4f %s a replicate, want %.4f ± %.4f", who, arm, mean, name, want[at], slack)
			}
		}
	}
}

// exactly returns the means in the order of a row, and the share that the enumeration may leave out of one.
var exactly = sync.OnceValues(func() (want []float64, rest float64) {
	p, err := Parse(Text)
	if err != nil {
		panic(err)
	}
	without, with, rest := Exact(p, 7)
	return append(values(without), values(with)...), rest
})

func values(m Means) []float64 { return []float64{m.Incidents, m.Steps, m.Missteps, m.Replies} }

// TestEngineMeetsTheEnumeration: in 4000 replicates a bias of 13 % of the missteps, or of 6 % of the steps, is seen.
func TestEngineMeetsTheEnumeration(t *testing.T) {
	agrees(t, "the engine", played(t, 4000, 1))
}

// output runs a program and reads what it tells of its replicates.
func output(t *testing.T, name string, args ...string) (read Tally) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stderr, cmd.Env = os.Stderr, append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	if err := read.Read(bytes.NewReader(out)); err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	return read
}

// TestCMeetsTheEnumeration: the programs in C; in 8000 replicates a bias of 9 % of the missteps, or of 4 % of the
// steps, is seen.
func TestCMeetsTheEnumeration(t *testing.T) {
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		t.Skip("there is no gcc")
	}
	for _, program := range [][]string{{"c/case.c"}, {"-DAPART", "c/case.c"}, {"c/heap.c"}} {
		name := strings.Join(program, " ")
		out := filepath.Join(t.TempDir(), "program")
		args := append([]string{"-O2", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", out}, append(program, "-lm")...)
		if said, err := exec.Command(gcc, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %s", name, said)
		}
		agrees(t, name, output(t, out, "parameters.txt", "8000", "1"))
	}
}

// TestPythonMeetsTheEnumeration: the standard library alone; in 400 replicates a bias of 41 % of the missteps, or of
// 19 % of the steps, is seen.
func TestPythonMeetsTheEnumeration(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	agrees(t, "plain Python", output(t, python, "python/plain.py", "parameters.txt", "400", "1"))
}

// TestTally: what is written is read, and sums of products are those of the rows.
func TestTally(t *testing.T) {
	var want, got Tally
	want.Add(&Row{1, 2, 3, 4, 5, 6, 7, 8})
	want.Add(&Row{2, 0, 1, 0, 3, 0, 0, 1})
	var text strings.Builder
	want.Write(&text)
	if err := got.Read(strings.NewReader(text.String())); err != nil || got != want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	if got.Sum[4] != 8 || got.Products[2][4] != 3*5+1*3 || got.N != 2 {
		t.Errorf("%+v", got)
	}
	if err := got.Read(strings.NewReader("3 1 2")); err == nil || !strings.Contains(err.Error(), "want a count") {
		t.Errorf("too few numbers: %v", err)
	}
}

// TestBadText: a mistake has its line.
func TestBadText(t *testing.T) {
	for text, want := range map[string]string{"rate": "line 1: want a name and its numbers",
		"rate 1\nskill x": "line 2: "} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
