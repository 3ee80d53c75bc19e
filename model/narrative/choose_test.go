package narrative

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// TestChosenAlike: a run keeps the replicates that a search finds, whatever the workers,
// and of these the one with a single mechanism behind it is told.
func TestChosenAlike(t *testing.T) {
	p := shipped(t, "uk-china-dialogue-2026")
	p.Draws, p.Replicates = 30, 20
	found, err := FindInstructive(context.Background(), p)
	if err != nil || len(found) == 0 {
		t.Fatalf("%v, %v", found, err)
	}
	for _, workers := range []int{1, 3} {
		sums, err := experiment.Run(context.Background(), *p, workers, nil)
		if err != nil || !slices.Equal(sums.Instructive, found) {
			t.Errorf("%d workers keep %v (%v), the search finds %v", workers, sums.Instructive, err, found)
		}
	}
	for _, c := range found {
		s, err := Tell(p, c)
		if err != nil {
			t.Fatal(err)
		}
		if s.Diverges == nil || s.Diverges.Day > s.Horizon || publicMissteps(s, 0) > 0 == (publicMissteps(s, 1) > 0) {
			t.Errorf("%v is not instructive: %+v", c, s.Diverges)
		}
	}
	s, err := Choose(context.Background(), p, found)
	if err != nil || s == nil {
		t.Fatal(s, err)
	}
	for _, c := range found {
		other, err := Tell(p, c)
		if err != nil {
			t.Fatal(err)
		}
		if c == (experiment.Cell{Draw: s.Draw, Replicate: s.Replicate}) {
			break
		}
		if len(other.Diverges.Needed) == 1 {
			t.Errorf("%v has one mechanism behind it, %d.%d is told", c, s.Draw, s.Replicate)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := Choose(ended, p, found); !errors.Is(err, context.Canceled) {
		t.Errorf("of an ended search is told %v", err)
	}
	if s, err := Choose(context.Background(), p, nil); s != nil || err != nil {
		t.Errorf("of none is told %v, %v", s, err)
	}
}
