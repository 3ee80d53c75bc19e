package figure

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"
)

// quick draws small rasters.
var quick = Options{Width: 4, DPI: 60}

func contains(s, part string) bool { return strings.Contains(s, part) }

func all(t testing.TB, c sample, o Options) []File {
	t.Helper()
	files, err := All(c.s, c.h, o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestOrderOfFiles(t *testing.T) {
	files := all(t, sample{realistic(), oneFuture()}, quick)
	i := 0
	for _, name := range Names() {
		for _, ext := range []string{".svg", ".png", ".pdf", ".csv"} {
			if files[i].Name != name+ext {
				t.Errorf("file %d is %s, want %s", i, files[i].Name, name+ext)
			}
			i++
		}
	}
	if len(files) != i || i != 28 {
		t.Errorf("%d files, want 28", len(files))
	}
}

// TestBytesAreEqual draws twice, with one processor and with several.
func TestBytesAreEqual(t *testing.T) {
	for _, c := range []sample{{realistic(), oneFuture()}, {manyArms(), crowded()}} {
		before := runtime.GOMAXPROCS(1)
		first := all(t, c, quick)
		runtime.GOMAXPROCS(4)
		second := all(t, c, quick)
		third := all(t, c, quick)
		runtime.GOMAXPROCS(before)
		for i := range first {
			if !bytes.Equal(first[i].Data, second[i].Data) || !bytes.Equal(second[i].Data, third[i].Data) {
				t.Errorf("%s differs between two drawings", first[i].Name)
			}
		}
	}
}

// TestSummaryIsLeftAlone holds that drawing changes nothing.
func TestSummaryIsLeftAlone(t *testing.T) {
	c := sample{realistic(), crowded()}
	first := all(t, c, Options{Formats: []string{"svg"}})
	second := all(t, c, Options{Formats: []string{"svg"}})
	for i := range first {
		if !bytes.Equal(first[i].Data, second[i].Data) {
			t.Errorf("%s differs when drawn again", first[i].Name)
		}
	}
	if got := c.h.Arms[0].Lanes[0].Events[7].Day; got != 0 {
		t.Errorf("events were put in order in the caller's history: day %v", got)
	}
}

func TestEveryFileIsValid(t *testing.T) {
	for name, c := range summaries() {
		for _, f := range all(t, c, quick) {
			if err := validate(f); err != nil {
				t.Errorf("%s %s: %v", name, f.Name, err)
			}
		}
	}
}

func validate(f File) error {
	switch f.Name[strings.LastIndex(f.Name, ".")+1:] {
	case "png":
		img, err := png.Decode(bytes.NewReader(f.Data))
		if err == nil && img.Bounds().Dx() != 240 {
			return errors.New("width is not 240 pixels")
		}
		return err
	case "svg":
		d := xml.NewDecoder(bytes.NewReader(f.Data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
		}
		if _, s, _ := strings.Cut(string(f.Data), "</style>"); contains(s, "NaN") || contains(s, "Inf") {
			return errors.New("a coordinate is not finite")
		}
		return nil
	case "pdf":
		if !bytes.HasPrefix(f.Data, []byte("%PDF-1.")) || !bytes.Contains(f.Data[len(f.Data)-10:], []byte("%%EOF")) {
			return errors.New("no PDF")
		}
		return nil
	default:
		rows, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		if err == nil && len(rows) == 0 {
			return errors.New("no header")
		}
		return err
	}
}

func BenchmarkAll(b *testing.B) {
	s, h := realistic(), oneFuture()
	for b.Loop() {
		if _, err := All(s, h, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFormatsAndErrors(t *testing.T) {
	files, err := one("futures", realistic(), nil, Options{Formats: []string{"svg"}})
	if err != nil || len(files) != 2 || files[0].Name != "futures.svg" || files[1].Name != "futures.csv" {
		t.Errorf("svg alone: %v, %v", files, err)
	}
	if _, err := one("pie", realistic(), nil, Options{}); err == nil || !contains(err.Error(), "escalation") {
		t.Errorf("unknown figure: %v", err)
	}
	if _, err := altOf("pie", realistic(), nil); err == nil {
		t.Error("unknown figure has an alternative text")
	}
	for want, o := range map[string]Options{
		"format":     {Formats: []string{"gif"}},
		"width":      {Width: -3},
		"resolution": {DPI: 5},
	} {
		if _, err := All(realistic(), nil, o); err == nil || !contains(err.Error(), want) {
			t.Errorf("%v: error %v does not name the %s", o, err, want)
		}
	}
}
