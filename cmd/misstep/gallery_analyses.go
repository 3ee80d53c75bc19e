package main

import (
	"context"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/model/study/decompose"
)

// analysed is the picture of a further command on the main scenario.
func (g *gallery) analysed(j *run.Run, kind, made, alt string) galleryPicture {
	return galleryPicture{scenario: galleryMain, title: j.Scenario.Title, kind: kind, made: "misstep " + kind + " " +
		galleryMain + made, alt: alt}
}

func sampleWords(draws, replicates int) string {
	return fmt.Sprintf(" --draws %d --replicates %d", draws, replicates)
}

func (g *gallery) why(ctx context.Context) error {
	size := galleryAnalyses
	a := g.sized(size.WhyDraws, size.WhyReplicates)
	a.Note("gallery: why")
	j, err := run.Open(a, galleryMain)
	if err != nil {
		return err
	}
	bar := a.NewProgress()
	sums, err := decompose.Run(ctx, j.Plan, j.Workers(), bar.Update)
	bar.Stop()
	if err != nil {
		return err
	}
	in := whyInput(j, decompose.Of(sums))
	files, err := figure.Why(in, galleryPlot)
	return g.add(g.analysed(j, "why", sampleWords(size.WhyDraws, size.WhyReplicates), figure.WhyAlt(in)), files, err)
}

func (g *gallery) breakeven(ctx context.Context) error {
	size := galleryAnalyses
	a := g.sized(size.BreakevenDraws, size.BreakevenReplicates)
	a.Note("gallery: breakeven")
	var f breakevenFlags
	made := ""
	for _, path := range []string{size.FirstStrength, size.SecondStrength} {
		f.vary = append(f.vary, fmt.Sprintf("%s=0:1:%d", path, size.Along))
		made += " --vary " + f.vary[len(f.vary)-1]
	}
	f.outcome, f.anyway = size.Outcome, true
	w, err := openBreakeven(a, ctx, galleryMain, f)
	if err != nil {
		return err
	}
	if err := playBreakeven(a, ctx, w); err != nil {
		w.stream.close()
		return err
	}
	w.stream.done()
	in := w.picture(w.result())
	files, err := figure.Breakeven(in, galleryPlot)
	return g.add(g.analysed(w.job, "breakeven", made+sampleWords(size.BreakevenDraws, size.BreakevenReplicates),
		figure.BreakevenAlt(in)), files, err)
}

func (g *gallery) sensitivity(ctx context.Context) error {
	size := galleryAnalyses
	g.app.Note("gallery: sensitivity")
	f := sensitivityFlags{trajectories: size.Trajectories, rows: size.Rows, replicates: size.PointReplicates, leading: 10}
	f.anyway = true
	w, err := openStudy(g.app, ctx, galleryMain, f)
	if err != nil {
		return err
	}
	result, err := playStudy(g.app, ctx, w)
	if err != nil {
		w.stream.close()
		return err
	}
	w.stream.done()
	in := w.picture(w.report(result))
	files, err := figure.Sensitivity(in, galleryPlot)
	made := fmt.Sprintf(" --rows %d --trajectories %d --point-replicates %d", size.Rows, size.Trajectories,
		size.PointReplicates)
	return g.add(g.analysed(w.job, "sensitivity", made, figure.SensitivityAlt(in)), files, err)
}
