package main

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// TestPlanLines: everything that a reader of a plan asks for, in few lines.
func TestPlanLines(t *testing.T) {
	data, err := os.ReadFile("testdata/tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	j := &job{name: "tiny", file: "tiny.yaml", text: data, settings: &settings.Settings{
		Run: settings.Run{Workers: 2, Out: "outputs"}, Plot: settings.Plot{Formats: []string{"svg", "png"}, Width: 8, DPI: 200}}}
	if err := j.load(experiment.Plan{Seed: 1, Draws: 200, Replicates: 30, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	lines := planLines(j, probed{took: time.Second, replicates: 60, perFuture: 2000})
	text := strings.Join(lines, "\n") + "\n"
	hash := j.describe(nil, nil).Folder()
	golden(t, "plan.txt", strings.ReplaceAll(text, hash, "tiny-HASH"))
	for _, l := range lines {
		if utf8.RuneCountInString(l) > maxWidth {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(l), l)
		}
	}
}

// TestPlanOneArm: what has no contrast says so.
func TestPlanOneArm(t *testing.T) {
	clitest.InEmptyFolder(t)
	j, err := open(clitest.Parsed(t, "--arm", "without"), "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(planLines(j, probed{took: time.Second, replicates: 1}), "\n"); !strings.Contains(text, "none: one arm has no contrast") {
		t.Error(text)
	}
}

func TestChannelsOf(t *testing.T) {
	arm := &scenario.Arm{Levers: scenario.Levers{Channels: []scenario.Channel{
		{Name: "shut"}, {Name: "open", Open: true}, {Name: "line", Open: true},
	}}}
	arm.Levers.Channels[2].Mandate[scenario.Clarify] = true
	arm.Levers.Channels[2].Mandate[scenario.PrivateOption] = true
	if got := channelsOf(arm); got != "line (clarify, private\u00a0option) · open" {
		t.Errorf("%q", got)
	}
	if got := channelsOf(&scenario.Arm{}); got != "no channel" {
		t.Errorf("%q", got)
	}
}

func TestNamesOfStates(t *testing.T) {
	v := &scenario.Scenario{States: []scenario.State{{Name: "A"}, {Name: "B", Observer: true}}}
	if got := namesOfStates(v); got != "A, B (observer)" {
		t.Errorf("%q", got)
	}
}

// TestSizeOf: the words of validate.
func TestSizeOf(t *testing.T) {
	j := smallJob(t)
	if got := sizeOf(j.scenario); !strings.HasPrefix(got, "1 state") && !strings.HasPrefix(got, "2 states") || !strings.Contains(got, "8 arms") || !strings.Contains(got, "of which") {
		t.Errorf("%q", got)
	}
}

// TestExpectedTime scales what the probe took to the plan.
func TestExpectedTime(t *testing.T) {
	j := &job{plan: experiment.Plan{Draws: 200, Replicates: 30}}
	p := probed{took: 2 * time.Second, replicates: 100, perFuture: 50}
	if got := p.expected(j); got != 2*time.Minute {
		t.Errorf("%v", got)
	}
	if got := p.events(j); got != 300000 {
		t.Errorf("%v", got)
	}
}
