package figure

import (
	"bytes"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// TestBareFigures catches: a title, subtitle or source line that is left, a finding that goes with them.
func TestBareFigures(t *testing.T) {
	for _, f := range figures {
		full, bare := newInput(realistic(), oneFuture()), newInput(realistic(), oneFuture()).on(Options{Bare: true})
		c, whole, left := f.build(full), &tape{}, &tape{}
		whole.drawn(c, full)
		left.drawn(c, bare)
		if more, n := len(whole.texts())-len(left.texts()), len(chart.NewPage(nil, 0).Join(full.subtitle(c.words),
			chart.PageWidth-2*chart.Margin, chart.Quiet)); more != 2+n {
			t.Errorf("%s: %d texts go, want title, source and %d of the subtitle", f.name, more, n)
		}
		for _, s := range left.words() {
			if s == c.title || strings.HasPrefix(s, "Source:") || strings.Contains(s, "seed 7") {
				t.Errorf("%s: a bare figure says %q", f.name, s)
			}
		}
		if c.lead != "" && !strings.HasPrefix(surface.Printable(c.lead), left.words()[0]) {
			t.Errorf("%s: a bare figure begins with %q", f.name, left.words()[0])
		}
	}
}

// TestPanelsAlone catches: a panel of another number, text of the panels that are left out, a figure of one
// panel that is cut, a panel that is not there and is drawn.
func TestPanelsAlone(t *testing.T) {
	for which, want := range map[string]string{"1": "difference", "covert": "covert", "2": "misstep"} {
		files, err := one("escalation", realistic(), nil, Options{Panel: which, Formats: []string{"svg"}})
		if err != nil || files[0].Name != "escalation-"+want+".svg" || files[1].Name != "escalation-"+want+".csv" {
			t.Fatalf("panel %s: %v, %v", which, files, err)
		}
		for name, heading := range map[string]string{"difference": "Futures with a misstep: difference",
			"misstep": ">A misstep<", "covert": ">A covert step (R7)<"} {
			if got := bytes.Contains(files[0].Data, []byte(heading)); got != (name == want) {
				t.Errorf("panel %s: %q stands there: %v", which, heading, got)
			}
		}
	}
	for figure, want := range map[string]string{"escalation": "there are 1 difference, 2 misstep, 3 public, 4 covert",
		"peak": "has one panel; leave --panel out"} {
		_, err := one(figure, realistic(), nil, Options{Panel: "5"})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", figure, err)
		}
	}
}

// TestGreyFiguresAreGrey catches: a colour that is left in any format, a picture that grey leaves alone.
func TestGreyFiguresAreGrey(t *testing.T) {
	files, err := one("futures", realistic(), nil, Options{Grey: true, Formats: []string{"png", "svg"}, DPI: 40})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			if c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA); c.R != c.G || c.G != c.B {
				t.Fatalf("pixel %d, %d is %v", x, y, c)
			}
		}
	}
	if bytes.Contains(files[1].Data, []byte("#0072b2")) || !bytes.Contains(files[1].Data, []byte("#575757")) {
		t.Error("help is not the grey of its lightness")
	}
}

// TestLettersOfNarrowPages catches: a narrow page on which letters shrink, a wide one on which they do not grow.
func TestLettersOfNarrowPages(t *testing.T) {
	for cm, want := range map[float64]float64{8: 6.79, 10: 6.79, 12: 6.79, 24: 13.58} {
		p := newInput(realistic(), nil).on(Options{Width: cm / 2.54}).page(nil, 0)
		if got := chart.TextSize * cm / 2.54 * 72 / p.W; got < want-.01 || got > want+.01 {
			t.Errorf("%v cm: letters of %.2f pt, want %.2f", cm, got, want)
		}
	}
}
