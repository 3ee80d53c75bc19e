package run

import (
	"context"
	"errors"
	"iter"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/summary"
)

// part shares out a run: a point is a piece of it. A shard plays its own, and the command ends; where all are there,
// the model takes them from the stream in place of playing them.
func (j *Run) part(ctx context.Context, a *cli.App, m *model.Model) (*points.Stream, error) {
	if a.Part.Manifest != "" {
		m.Precision = 0 // of the moment, where a plan is played
	}
	pieces, err := m.Pieces()
	if err != nil {
		return nil, err
	}
	s, err := points.Open(a, &cli.Points{Command: "run", Head: points.Head("run", j.Inputs()),
		Log: points.File(j.Folder(), "run"), Ends: []int{pieces.Count()},
		Manifest: func() []byte { return j.Portable(a) },
		Proof:    func() (string, error) { return Proof(ctx, j) },
		Each: func() (float64, error) {
			trial, err := Probe(ctx, j)
			return trial.Expected(j).Seconds() / float64(len(j.Plan.Blocks(0, j.Plan.Replicates))), err
		}}, false)
	if err != nil {
		return nil, err
	}
	if s.Shard() {
		if err := j.playPieces(ctx, a, pieces, s); err != nil {
			s.Close()
			return nil, err
		}
		return nil, s.Apart()
	}
	m.Taking = taking(s)
	return s, nil
}

func (j *Run) playPieces(ctx context.Context, a *cli.App, pieces *model.Pieces, s *points.Stream) error {
	bar := a.NewProgress()
	defer bar.Stop()
	from := s.Known()
	play := func(ctx context.Context, n int) ([]byte, error) { return pieces.Play(ctx, from+n) }
	return ordered.Map(ctx, s.To-from, j.Workers(), func(int) ordered.Worker[[]byte] { return play },
		func(_ int, piece []byte) error {
			err := s.Put(piece)
			bar.Update(s.Have*j.Plan.BlockSize, (s.To-s.From)*j.Plan.BlockSize)
			return err
		})
}

// taking hands over the pieces of a stream, one after the other.
func taking(s *points.Stream) func() ([]byte, error) {
	next, stop := iter.Pull2(func(yield func([]byte, error) bool) {
		enough := errors.New("enough")
		err := points.Each(s, func(*[]byte) bool { return true }, func(piece *[]byte) error {
			if !yield(*piece, nil) {
				return enough
			}
			return nil
		})
		if err != nil && !errors.Is(err, enough) {
			yield(nil, err)
		}
	})
	return func() ([]byte, error) {
		piece, err, more := next()
		if !more {
			stop()
			return nil, errors.New("pieces of the run are missing; merge again")
		}
		return piece, err
	}
}

// Proof is a hash of what a few replicates come to: where it is another, the program computes other numbers.
func Proof(ctx context.Context, j *Run) (string, error) {
	p := j.Plan
	p.Draws, p.Replicates = min(2, p.Draws), min(4, p.Replicates)
	p.BlockSize = p.Replicates
	sums, err := experiment.Run(ctx, p, j.Workers(), nil)
	if err != nil {
		return "", err
	}
	return runfolder.Sum(say.JSON(summary.Of(sums))), nil
}

// Portable is the manifest of the run as if it were stored, to open it anywhere.
func (j *Run) Portable(a *cli.App) []byte {
	return j.Describe([]summary.Warning{}, plotOf(a, j)).Encode()
}
