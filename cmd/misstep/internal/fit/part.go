package fit

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"math"
	"path/filepath"
	"strconv"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/points"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/record/backtest"
)

// whole are whole fits as points: how long one takes that simulates so many histories, and what a few of them come to.
func whole(p *cli.Points, s *settings.Settings, trial func(histories int) [][]float64, histories int) *cli.Points {
	p.Args = []string{"--seed=" + strconv.FormatUint(s.Run.Seed, 10), "--generator=" + s.Run.Generator.String()}
	p.Each = func() (float64, error) {
		const few = 20
		began := time.Now()
		trial(few)
		return time.Since(began).Seconds() / few * float64(histories), nil
	}
	p.Proof = func() (string, error) {
		var bits []byte
		for _, row := range trial(4) {
			for _, x := range row {
				bits = binary.LittleEndian.AppendUint64(bits, math.Float64bits(x))
			}
		}
		return runfolder.Sum(bits), nil
	}
	return p
}

// part shares out a backtest: a point is a cut-off. A shard plays its own, and the command ends; else all are there.
func (h *hindcast) part(ctx context.Context, a *cli.App) (*backtest.Result, error) {
	s, err := points.Open(a, whole(&cli.Points{Command: "backtest", Head: points.Head("backtest", h.Work.Inputs),
		Log:  filepath.Join(h.Settings.Run.Out, h.Work.Folder()+".state"),
		Ends: []int{len(h.prepared.Cutoffs())}}, h.Settings, h.prepared.Trial,
		h.options.Calibrate.MaxSimulations+h.options.Futures), false)
	if err != nil {
		return nil, err
	}
	defer func() {
		if h.Stored == nil {
			s.Close()
		}
	}()
	for n := s.Known(); n < s.To; n++ {
		c, err := h.prepared.One(ctx, n, h.options)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer // JSON has no number for a score that is none
		if err := gob.NewEncoder(&b).Encode(c); err != nil {
			return nil, err
		}
		if err := s.Put(b.Bytes()); err != nil {
			return nil, err
		}
	}
	if s.Shard() {
		return nil, s.Apart()
	}
	var all []backtest.Cutoff
	if err := points.Each(s, func(*[]byte) bool { return true }, func(data *[]byte) error {
		var c backtest.Cutoff
		err := gob.NewDecoder(bytes.NewReader(*data)).Decode(&c)
		all = append(all, c)
		return err
	}); err != nil {
		return nil, err
	}
	h.Stored = s.Done
	return backtest.Together(all), nil
}
