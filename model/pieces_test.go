package model_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model"
)

// TestPiecesAreTheRun: pieces that were played in any order, taken in theirs, give the summary of the run, its side
// runs and all. What fails while they are handed over is said.
func TestPiecesAreTheRun(t *testing.T) {
	load := func() *model.Model {
		m, err := model.Load("tiny", small.YAML, model.Options{Draws: 3, Replicates: 55, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	summary := func(m *model.Model) string {
		r, err := m.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(r.Summary)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := summary(load())
	m := load()
	p, err := m.Pieces()
	if err != nil {
		t.Fatal(err)
	}
	pieces := make([][]byte, p.Count())
	for n := len(pieces) - 1; n >= 0; n-- {
		if pieces[n], err = p.Play(context.Background(), n); err != nil {
			t.Fatal(err)
		}
	}
	next := 0
	m.Taking = func() ([]byte, error) {
		next++
		return pieces[next-1], nil
	}
	if got := summary(m); got != want || next != len(pieces) {
		t.Errorf("%d of %d pieces give %.300s, want %.300s", next, len(pieces), got, want)
	}
	m.Taking = func() ([]byte, error) { return nil, io.ErrUnexpectedEOF }
	if _, err := m.Run(context.Background()); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	m.Taking = func() ([]byte, error) { return pieces[1], nil }
	if _, err := m.Run(context.Background()); err == nil {
		t.Error("a piece of another block is taken")
	}
	m.Precision = 1
	if _, err := m.Pieces(); err == nil {
		t.Error("a run of a precision is in pieces")
	}
}
