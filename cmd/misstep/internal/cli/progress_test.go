package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
)

// clock is a time that tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func plainProgress(c *clock, quiet bool) (*Progress, *bytes.Buffer) {
	var out bytes.Buffer
	return ProgressTo(&out, quiet, c.now), &out
}

// TestProgressLines: where there is no terminal, a line every few seconds.
func TestProgressLines(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	p, out := plainProgress(c, false)
	for i := 1; i <= 100; i++ {
		c.at = c.at.Add(100 * time.Millisecond)
		p.Update(i*20, 2000)
	}
	p.Stop()
	want := "misstep: 600 of 2,000 replicates, about 7.0 s left\n" +
		"misstep: 1,200 of 2,000 replicates, about 4.0 s left\n" +
		"misstep: 1,800 of 2,000 replicates, about 1.0 s left\n"
	if out.String() != want {
		t.Errorf("%s", out)
	}
}

// TestProgressShort: what is over soon says nothing.
func TestProgressShort(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	p, out := plainProgress(c, false)
	for i := 1; i <= 20; i++ {
		c.at = c.at.Add(100 * time.Millisecond)
		p.Update(i, 20)
	}
	c.at = c.at.Add(time.Hour)
	p.Update(20, 20)
	if out.Len() > 0 {
		t.Errorf("%s", out)
	}
}

func TestProgressQuiet(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	p, out := plainProgress(c, true)
	for i := 1; i <= 20; i++ {
		c.at = c.at.Add(time.Minute)
		p.Update(i, 21)
	}
	p.Stop()
	if out.Len() > 0 {
		t.Errorf("%s", out)
	}
}

// TestNoBarElsewhere: a file and a buffer are no terminals.
func TestNoBarElsewhere(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/err")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, a := range []*App{{Err: f}, {Err: &bytes.Buffer{}}} {
		if p := a.NewProgress(); p.bar != nil {
			t.Error("a bar where there is no terminal")
		}
	}
}

// TestBar: on a terminal the bar shows the counts, the share and the time left.
func TestBar(t *testing.T) {
	var out bytes.Buffer
	p := &Progress{now: time.Now, bar: newBar(&out)}
	for done := 10; done <= 60; done += 10 { // the time left needs half a second to be known
		p.Update(done, 200)
		time.Sleep(250 * time.Millisecond)
	}
	p.Stop()
	for _, want := range []string{"60 / 200 replicates", "30 %", "left"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q: %q", want, out.String())
		}
	}
}
