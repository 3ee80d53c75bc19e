package main

import (
	"os"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/internal/small"
)

// tinyWith is the small scenario with one piece of its text replaced.
func tinyWith(t *testing.T, old, now string) string {
	t.Helper()
	data := small.YAML
	if !strings.Contains(string(data), old) {
		t.Fatalf("tiny.yaml has no %q", old)
	}
	return strings.Replace(string(data), old, now, 1)
}

// refused calls the program where it must fail, and says what stands on standard error.
func refused(t *testing.T, args ...string) string {
	t.Helper()
	return clitest.Refused(t, call, args...)
}

// TestBadScenarioEverywhere: every command that reads a scenario refuses a bad one
// in the same words. Catches a command that reads scenarios by a way of its own.
func TestBadScenarioEverywhere(t *testing.T) {
	text := tinyWith(t, "horizon: 2y", "horizon: 0d")
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("bad.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	const want = "bad.yaml:5:10: horizon: 0d is outside the domain: a duration > 0, at most 50y\n"
	for _, command := range []string{"run", "plan", "validate", "check", "explain", "params"} {
		if got := refused(t, command, "bad.yaml"); got != want {
			t.Errorf("%s: %s", command, got)
		}
	}
}

// TestBadValuesBySet: what is wrong in a file is wrong in a flag too, with the flag
// as its place. Catches a flag whose value goes past the checks of a scenario.
func TestBadValuesBySet(t *testing.T) {
	text := tinyWith(t, "misstep: 1", "misstep: 1")
	clitest.InEmptyFolder(t)
	if err := os.WriteFile("tiny.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]string{
		"horizon=0d":                            "horizon: 0d is outside the domain: a duration > 0, at most 50y",
		"horizon=-3":                            `horizon: "-3" is no duration; write days as 196d, weeks as 26w or `,
		"onset[0].rate=-2":                      "assumptions.onset.Borland>Aland.rate: -2 is outside the domain: ≥ 0",
		"assumptions.onset.Borland>Aland.rate=": `--set "assumptions.onset.Borland>Aland.rate=" is not PATH=VALUE`,
		"onset[0].rate=1e4": "assumptions.onset.Borland>Aland.rate: 800160 incidents are " +
			"expected in 32 years",
		"channels.form.open=true":        `channels.form.open: unknown channel "form"; did you mean "forum"?`,
		"levers.channels.form.open=true": `levers.channels.form.open: unknown channel "form"; did you mean "forum"?`,
		"plot.dpi=5000":                  `plot.dpi: "5000" is not a whole number, 20 to 1200`,
	} {
		if got := refused(t, "run", "tiny.yaml", "--draws", "1", "--set", set); !strings.Contains(got, want) ||
			!strings.Contains(got, "--set") {
			t.Errorf("--set %s: %s", set, got)
		}
	}
}
