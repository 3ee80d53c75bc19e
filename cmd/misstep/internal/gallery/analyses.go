package gallery

import (
	"context"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/study"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// analysed is the picture of a further command on the main scenario.
func (g *painter) analysed(j *run.Run, kind, made, alt string) galleryPicture {
	return galleryPicture{scenario: galleryMain, title: j.Scenario.Title, kind: kind, made: "misstep " + kind + " " +
		galleryMain + made, alt: alt}
}

func sampleWords(draws, replicates int) string {
	return fmt.Sprintf(" --draws %d --replicates %d", draws, replicates)
}

func (g *painter) why(ctx context.Context) error {
	size := galleryAnalyses
	a := g.sized(size.WhyDraws, size.WhyReplicates)
	a.Note("gallery: why")
	j, in, err := study.WhyPicture(ctx, a, galleryMain)
	if err != nil {
		return err
	}
	files, err := figure.Why(in, galleryPlot)
	return g.add(g.analysed(j, "why", sampleWords(size.WhyDraws, size.WhyReplicates), figure.WhyAlt(in)), files, err)
}

func (g *painter) breakeven(ctx context.Context) error {
	size := galleryAnalyses
	a := g.sized(size.BreakevenDraws, size.BreakevenReplicates)
	a.Note("gallery: breakeven")
	var vary []string
	made := ""
	for _, path := range []string{size.FirstStrength, size.SecondStrength} {
		vary = append(vary, fmt.Sprintf("%s=0:1:%d", path, size.Along))
		made += " --vary " + vary[len(vary)-1]
	}
	j, in, err := study.BreakevenPicture(ctx, a, galleryMain, size.Outcome, vary)
	if err != nil {
		return err
	}
	files, err := figure.Breakeven(in, galleryPlot)
	return g.add(g.analysed(j, "breakeven", made+sampleWords(size.BreakevenDraws, size.BreakevenReplicates),
		figure.BreakevenAlt(in)), files, err)
}

func (g *painter) sensitivity(ctx context.Context) error {
	size := galleryAnalyses
	g.app.Note("gallery: sensitivity")
	j, in, err := study.SensitivityPicture(ctx, g.app, galleryMain,
		sensitivity.Options{Trajectories: size.Trajectories, Rows: size.Rows,
			Leading: 10, Replicates: size.PointReplicates})
	if err != nil {
		return err
	}
	files, err := figure.Sensitivity(in, galleryPlot)
	made := fmt.Sprintf(" --rows %d --trajectories %d --point-replicates %d", size.Rows, size.Trajectories,
		size.PointReplicates)
	return g.add(g.analysed(j, "sensitivity", made, figure.SensitivityAlt(in)), files, err)
}
