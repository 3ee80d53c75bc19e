package figure

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/summary"
)

// allCases are the figures that are made from no summary, ordinary, empty and nasty.
func allCases() map[string]fitCase {
	out := map[string]fitCase{}
	maps.Copy(out, fitCharts())
	maps.Copy(out, aloneCharts())
	maps.Copy(out, whyCharts())
	for name, c := range compareCharts() {
		out["compare "+name] = c
	}
	return out
}

// TestPages is TestLayout for the figures that are made from no summary, wide and narrow.
func TestPages(t *testing.T) {
	for name, c := range allCases() {
		if name != "breakeven holes" { // two zeros side by side
			r := &tape{}
			c.on(r)
			checkLayout(t, name, r)
			narrow := &tape{}
			narrow.drawn(c.chart, newInput(&summary.Summary{}, nil).on(Options{Width: 8 / 2.54}))
			checkLayout(t, name+" narrow", narrow)
		}
	}
}

// TestFilesOfCases catches: a format that is lost, files in another order, a picture that
// no program opens, bytes that depend on processors, an error of the options that is swallowed.
func TestFilesOfCases(t *testing.T) {
	for name, c := range allCases() {
		o := Options{Width: 4, DPI: 60, Formats: []string{"svg"}}
		if !strings.Contains(name, " ") || strings.HasSuffix(name, " nil") || strings.HasSuffix(name, "ragged") ||
			strings.HasSuffix(name, " line") {
			o.Formats = nil // all; the others are as slow and tell no more
		}
		before := runtime.GOMAXPROCS(1)
		first, err := c.files(o)
		runtime.GOMAXPROCS(4)
		second, err2 := first, err
		if o.Formats == nil {
			second, err2 = c.files(o)
		}
		runtime.GOMAXPROCS(before)
		if err != nil || err2 != nil {
			t.Fatal(name, err, err2)
		}
		want := slices.Clone(o.Formats)
		if o.Formats == nil {
			want = Formats()
		}
		if len(c.chart.numbers.head) > 0 {
			want = append(want, "csv")
		}
		for i, f := range first {
			if stem, ext, _ := strings.Cut(f.Name, "."); ext != want[i] || stem != first[0].Name[:len(stem)] {
				t.Errorf("%s: file %d is %s", name, i, f.Name)
			}
			if err := validate(f); err != nil {
				t.Errorf("%s %s: %v", name, f.Name, err)
			}
			if !bytes.Equal(f.Data, second[i].Data) {
				t.Errorf("%s %s differs between two drawings", name, f.Name)
			}
		}
		for want, o := range map[string]Options{"format": {Formats: []string{"gif"}}, "width": {Width: -3}} {
			if _, err := c.files(o); err == nil || !contains(err.Error(), want) {
				t.Errorf("%s: error %v does not name the %s", name, err, want)
			}
		}
	}
	in := line()
	in.Name = "sweep"
	if files, err := Breakeven(in).Draw(Options{Formats: []string{"svg"}}); err != nil || files[0].Name != "sweep.svg" ||
		files[1].Name != "sweep.csv" {
		t.Errorf("%v", err)
	}
}

// TestSampleFits writes these figures to look at: go test -run SampleFits
// -samples FOLDER.
func TestSampleFits(t *testing.T) {
	if *samples == "" {
		t.Skip("no folder given")
	}
	for name, c := range allCases() {
		files, err := c.files(Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.MkdirAll(filepath.Join(*samples, name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(*samples, name, f.Name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
