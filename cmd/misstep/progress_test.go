package main

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

func plainProgress(c *clock, quiet bool) (*progress, *bytes.Buffer) {
	var out bytes.Buffer
	return &progress{out: &out, quiet: quiet, now: c.now, began: c.at, last: c.at}, &out
}

// TestProgressLines: where there is no terminal, a line every few seconds.
func TestProgressLines(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	p, out := plainProgress(c, false)
	for i := 1; i <= 100; i++ {
		c.at = c.at.Add(100 * time.Millisecond)
		p.update(i*20, 2000)
	}
	p.stop()
	want := "misstep: 600 of 2,000 replicates, about 7 s left\n" +
		"misstep: 1,200 of 2,000 replicates, about 4 s left\n" +
		"misstep: 1,800 of 2,000 replicates, about 1 s left\n"
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
		p.update(i, 20)
	}
	c.at = c.at.Add(time.Hour)
	p.update(20, 20)
	if out.Len() > 0 {
		t.Errorf("%s", out)
	}
}

func TestProgressQuiet(t *testing.T) {
	c := &clock{time.Unix(0, 0)}
	p, out := plainProgress(c, true)
	for i := 1; i <= 20; i++ {
		c.at = c.at.Add(time.Minute)
		p.update(i, 21)
	}
	p.stop()
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
	for _, a := range []*app{{err: f}, {err: &bytes.Buffer{}}} {
		if p := a.newProgress(); p.bar != nil {
			t.Error("a bar where there is no terminal")
		}
	}
}

// TestBar: on a terminal the bar shows the counts, the share and the time left.
func TestBar(t *testing.T) {
	var out bytes.Buffer
	p := &progress{now: time.Now, bar: newBar(&out)}
	for done := 10; done <= 60; done += 10 { // the time left needs half a second to be known
		p.update(done, 200)
		time.Sleep(250 * time.Millisecond)
	}
	p.stop()
	for _, want := range []string{"60 / 200 replicates", "30 %", "left"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q: %q", want, out.String())
		}
	}
}
