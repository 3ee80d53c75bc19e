package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/scenario"
)

// TestPlanLines: everything that a reader of a plan asks for, in few lines.
func TestPlanLines(t *testing.T) {
	data := small.YAML
	j := &run.Run{Name: "tiny", File: "tiny.yaml", Text: data, Settings: &settings.Settings{
		Run:  settings.Run{Workers: 2, Out: "outputs"},
		Plot: settings.Plot{Formats: []string{"svg", "png"}, Width: 20, DPI: 200}}}
	if err := j.Load(experiment.Plan{Seed: 1, Draws: 200, Replicates: 30, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	text := planned(j, run.Probed{Took: time.Second, Replicates: 60, PerFuture: 2000}).String()
	hash := j.Describe(nil, nil).Folder()
	clitest.Golden(t, "plan.txt", strings.ReplaceAll(text, hash, "tiny-HASH"))
	for _, l := range strings.Split(text, "\n") {
		if utf8.RuneCountInString(l) > say.TableWidth {
			t.Errorf("%d columns: %s", utf8.RuneCountInString(l), l)
		}
	}
}

// TestPlanOneArm: what has no contrast says so.
func TestPlanOneArm(t *testing.T) {
	clitest.InEmptyFolder(t)
	j, err := run.Open(clitest.Parsed(t, "--arm", "without"), "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	if text := planned(j, run.Probed{Replicates: 1}).String(); !strings.Contains(text, "none: one arm has no contrast") {
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

// TestSizeOf: the words of validate.
func TestSizeOf(t *testing.T) {
	j, err := run.Open(clitest.Parsed(t, "--draws", "2"), "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	if got := sizeOf(j.Scenario); !strings.HasPrefix(got, "1 state") && !strings.HasPrefix(got, "2 states") ||
		!strings.Contains(got, "8 arms") || !strings.Contains(got, "of which") {
		t.Errorf("%q", got)
	}
}

func TestRounded(t *testing.T) {
	for x, want := range map[float64]string{12: "12", 9999: "9,999", 12345: "12,000", 1.19e7: "11.9 million",
		2.5e9: "2.5 billion"} {
		if got := rounded(x); got != want {
			t.Errorf("rounded(%v) = %q", x, got)
		}
	}
}

// TestPlanWarns: what is long, large or near the bound on events is said, and nothing of a small run.
func TestPlanWarns(t *testing.T) {
	clitest.InEmptyFolder(t)
	j, err := run.Open(clitest.Parsed(t, "--draws", "100"), "one-incident")
	if err != nil {
		t.Fatal(err)
	}
	says := func(p run.Probed) string { return planned(j, p).String() }
	for _, word := range []string{" long ", " large ", " near "} {
		if text := says(run.Probed{Replicates: 1}); strings.Contains(text, word) {
			t.Errorf("%q of a small run:\n%s", word, text)
		}
	}
	v := *j.Scenario
	j.Scenario, j.Plan.Scenario = &v, &v
	j.Plan.Draws = 8000
	v.Model.MaxEvents = 10
	text := says(run.Probed{Took: time.Minute, Replicates: 1, PerFuture: 50})
	for _, want := range []string{"\n long ", "half the --replicates", "\n large ", "half the --draws", "\n near ",
		"assumptions.model.max_events", "of at most 10\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
}
