package main

import (
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/failif"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// conditionsOf reads what --fail-if says of a run that is not yet played.
func conditionsOf(j *run.Run, texts []string) ([]failif.Condition, error) {
	v := j.Scenario
	return failif.Parse(texts, failif.World{
		Arms:      say.Each(v.Arms, func(a scenario.Arm) string { return a.Name }),
		Treatment: v.Headline.Treatment,
		Ranges:    j.Plan.Draws > 1 && j.Plan.Replicates > 1 && j.Plan.Free() > 0,
	})
}

// judge says which conditions hold, with --quiet too, and ends the command with status 3 where one does.
func judge(a *cli.App, conditions []failif.Condition, s *summary.Summary) error {
	holds, err := failif.Judge(conditions, s)
	for _, line := range holds {
		fmt.Fprintln(a.Err, "misstep:", line)
	}
	if err == nil && len(holds) > 0 {
		return cli.ErrMissed
	}
	return err
}
