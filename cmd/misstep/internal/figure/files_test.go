package figure

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"image/png"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// element is an element of an SVG with the text inside.
type element struct {
	name, text string
	attr       map[string]string
}

func elements(t *testing.T, data []byte) (out []element) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		switch x := token.(type) {
		case xml.StartElement:
			e := element{name: x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			out = append(out, e)
		case xml.CharData:
			if n := len(out); n > 0 {
				out[n-1].text += string(x)
			}
		}
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestSVGSaysWhatIsDrawn catches: a text that is lost or escaped twice, a colour, a
// weight or a place that is another.
func TestSVGSaysWhatIsDrawn(t *testing.T) {
	files := all(t, sample{realistic(), oneFuture()}, Options{Formats: []string{"svg"}})
	for i, name := range Names() {
		r := play(t, name, realistic(), oneFuture())
		var texts, paths []element
		for _, e := range elements(t, files[2*i].Data) {
			switch e.name {
			case "text":
				texts = append(texts, e)
			case "path":
				paths = append(paths, e)
			}
		}
		runs := r.texts()
		if len(texts) != len(runs) || len(paths) != len(r.shapes)-len(runs) {
			t.Fatalf("%s: %d texts of %d, %d paths of %d", name, len(texts), len(runs), len(paths), len(r.shapes)-len(runs))
		}
		for k, a := range runs {
			e := texts[k]
			if strings.TrimRight(e.text, "\n") != a.s || !says2(e.attr["x"], a.x) || !says2(e.attr["y"], a.y) ||
				e.attr["fill"] != fmt.Sprintf("#%02x%02x%02x", a.color.R, a.color.G, a.color.B) ||
				(e.attr["font-weight"] == "bold") != a.bold {
				t.Errorf("%s: text %+v for %+v", name, e, a)
			}
		}
	}
}

// says2 reports whether a number stands for a value, to two decimals.
func says2(s string, v float64) bool {
	got, err := strconv.ParseFloat(s, 64)
	return err == nil && math.Abs(got-v) <= .005001
}

// TestPDFObjects catches: offsets that do not point at objects, a page of another
// size, a date that tells when it was drawn.
func TestPDFObjects(t *testing.T) {
	for _, width := range []float64{5, 8} {
		files, err := one("peak", realistic(), nil, Options{Width: width, Formats: []string{"pdf"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files[:1] {
			at := bytes.LastIndex(f.Data, []byte("startxref\n"))
			from, err := strconv.Atoi(strings.Fields(string(f.Data[at:]))[1])
			if err != nil || !bytes.HasPrefix(f.Data[from:], []byte("xref\n")) {
				t.Fatalf("%s: no table at %d: %v", f.Name, from, err)
			}
			lines := strings.Split(string(f.Data[from:at]), "\n")
			n, _ := strconv.Atoi(strings.Fields(lines[1])[1])
			for i := 1; i < n; i++ {
				offset, _ := strconv.Atoi(strings.Fields(lines[2+i])[0])
				if want := fmt.Sprintf("%d 0 obj", i); !bytes.HasPrefix(f.Data[offset:], []byte(want)) {
					t.Errorf("%s: object %d is not at %d", f.Name, i, offset)
				}
			}
			box := fmt.Sprintf("/MediaBox [0 0 %.2f %.2f]", width*72, width*72*9/16)
			if n < 10 || !bytes.Contains(f.Data, []byte(box)) || !bytes.Contains(f.Data, []byte("(D:20000101000000)")) {
				t.Errorf("%s: %d objects, box %s is missing or a date was written", f.Name, n, box)
			}
		}
	}
}

// TestPNGChunks catches: a resolution in dots per inch, a checksum of other bytes, a
// chunk behind the picture.
func TestPNGChunks(t *testing.T) {
	for dpi, perMetre := range map[int]uint32{20: 787, 72: 2835, 96: 3780, 144: 5669} {
		files, err := one("futures", oneArm(), nil, Options{Width: 2, DPI: dpi, Formats: []string{"png"}})
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for data := files[0].Data[8:]; len(data) > 0; {
			n := binary.BigEndian.Uint32(data)
			kind, body, sum := string(data[4:8]), data[8:8+n], binary.BigEndian.Uint32(data[8+n:])
			if crc32.ChecksumIEEE(data[4:8+n]) != sum {
				t.Errorf("%d dpi: chunk %s has another checksum", dpi, kind)
			}
			want := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, perMetre), perMetre), 1)
			if kind == "pHYs" && !bytes.Equal(body, want) {
				t.Errorf("%d dpi: resolution %v, want %v", dpi, body, want)
			}
			if !slices.Contains(order, kind) {
				order = append(order, kind)
			}
			data = data[12+n:]
			if kind == "IEND" {
				break
			}
		}
		if got := strings.Join(order, " "); got != "IHDR pHYs IDAT IEND" {
			t.Errorf("%d dpi: chunks %s", dpi, got)
		}
		img, err := png.Decode(bytes.NewReader(files[0].Data))
		if err != nil || img.Bounds().Dx() != 2*dpi {
			t.Errorf("%d dpi: %v, %v", dpi, img.Bounds(), err)
		}
	}
}

// TestSVGNumbers catches: a coordinate in exponents, a dash or a width that is NaN.
func TestSVGNumbers(t *testing.T) {
	numeric := regexp.MustCompile(`^-?\d+(\.\d{1,2})?$`)
	for _, name := range []string{"realistic", "many"} {
		for _, f := range all(t, summaries()[name], Options{Width: 6, Formats: []string{"svg"}}) {
			if !strings.HasSuffix(f.Name, ".svg") {
				continue
			}
			for _, e := range elements(t, f.Data) {
				for _, key := range []string{"x", "y", "font-size", "stroke-width", "stroke-opacity", "fill-opacity"} {
					if v, ok := e.attr[key]; ok && !numeric.MatchString(v) {
						t.Errorf("%s %s: %s of a %s is %q", name, f.Name, key, e.name, v)
					}
				}
				steps := strings.FieldsFunc(e.attr["d"], func(r rune) bool { return strings.ContainsRune("MLCZ, ", r) })
				for _, v := range append(steps, strings.Fields(e.attr["stroke-dasharray"])...) {
					if !numeric.MatchString(v) {
						t.Errorf("%s %s: a path has %q", name, f.Name, v)
						break
					}
				}
			}
		}
	}
}

// TestSVGHead catches: a box of another shape than the page, a picture without words.
func TestSVGHead(t *testing.T) {
	for width, across := range map[float64]string{8: "576 324", 5: "576 324", 3: "384 "} {
		files, err := one("peak", realistic(), nil, Options{Width: width, Formats: []string{"svg"}})
		if err != nil {
			t.Fatal(err)
		}
		root := elements(t, files[0].Data)
		if !strings.HasPrefix(root[0].attr["viewBox"], "0 0 "+across) || root[0].attr["width"] != fmt.Sprint(width, "in") ||
			root[0].attr["role"] != "img" {
			t.Errorf("%v: %v", width, root[0].attr)
		}
		alt, _ := altOf("peak", realistic(), nil)
		if root[1].name != "title" || root[2].name != "desc" || strings.TrimSpace(root[2].text) != surface.Printable(alt) {
			t.Errorf("the description is %q", root[2].text)
		}
	}
}
