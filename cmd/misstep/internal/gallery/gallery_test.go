package gallery

import (
	"bytes"
	"image/png"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/model/record/posterior"
)

// smallGallery makes galleries small for a test, with the tables that ship.
func smallGallery(t *testing.T) {
	t.Helper()
	p, err := posterior.ReadShipped()
	if err != nil {
		t.Skip("the shipped posterior is of another model: ", err)
	}
	runtest.Ships(t, p, nil)
	size, plot := galleryAnalyses, galleryPlot
	t.Cleanup(func() { galleryAnalyses, galleryPlot = size, plot })
	a := &galleryAnalyses
	a.DecideDraws, a.DecideReplicates = 20, 2
	a.WhyDraws, a.WhyReplicates, a.BreakevenDraws, a.BreakevenReplicates, a.Along = 2, 2, 2, 1, 2
	a.Trajectories, a.Rows, a.PointReplicates = 2, 4, 2
	galleryPlot.DPI = 20
	t.Setenv("MISSTEP_RUN_DRAWS", "3")
	t.Setenv("MISSTEP_RUN_REPLICATES", "2")
	clitest.InEmptyFolder(t)
}

// TestGallery: every kind of figure has a picture, a caption and a text that stands for
// it on the page; every scenario is there; a second time changes no byte and says so;
// nothing else is left behind.
func TestGallery(t *testing.T) {
	smallGallery(t)
	status, out, errs := call("figures", "--gallery", "pictures/gallery", "--quiet")
	if status != 0 || errs != "" || !strings.HasPrefix(out, "wrote pictures/gallery: 23 pictures and README.md, ") {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	first := clitest.FilesIn(t, "pictures/gallery")
	page := first["README.md"]
	shown := regexp.MustCompile(
		`!\[([^\n]*)\]\(([a-z0-9-]+\.png)\)\n\n([^\n]+)\n\nHow this was made: `+"`misstep ").FindAllStringSubmatch(page, -1)
	met := map[string]int{}
	for _, m := range shown {
		alt, file := m[1], m[2]
		if _, err := png.Decode(strings.NewReader(first[file])); err != nil || len(alt) < 40 || len(m[3]) < 40 {
			t.Errorf("%s: %v, %q, %q", file, err, alt, m[3])
		}
		for _, k := range kinds {
			if file == k.id+".png" || strings.HasSuffix(file, "-"+k.id+".png") {
				met[k.id]++
			}
		}
	}
	if len(kinds) != 15 || len(met) != 15 || len(shown) != 23 || len(first) != 25 || met["escalation"] != 5 ||
		met["effect"] != 5 {
		t.Errorf("%d pictures on the page, %d files, kinds %v", len(shown), len(first), met)
	}
	for _, name := range run.ShippedNames() {
		if !strings.Contains(page, "("+name+"-effect.png)") {
			t.Errorf("no effect of %s", name)
		}
	}
	if strings.Index(page, "## UK–China") > strings.Index(page, "## US–China") {
		t.Error("the main scenario is not the first")
	}
	status, out, errs = call("figures", "--gallery", "pictures/gallery", "--quiet")
	if status != 0 || errs != "" || !strings.HasPrefix(out, "unchanged pictures/gallery") {
		t.Errorf("again: status %d: %s%s", status, out, errs)
	}
	for name, data := range clitest.FilesIn(t, "pictures/gallery") {
		if data != first[name] {
			t.Errorf("%s differs the second time", name)
		}
	}
	if left, err := os.ReadDir("pictures"); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestGalleryPlace: a folder that is no gallery, or no longer the one that was written,
// is left alone, and before anything is computed.
func TestGalleryPlace(t *testing.T) {
	clitest.InEmptyFolder(t)
	for _, dir := range []string{"mine", "empty"} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for file, text := range map[string]string{"mine/letter.txt": "dear", "file": "x"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for dir, want := range map[string]string{"mine": "mine: it has no manifest.json; move it away",
		"file": "file: not a directory"} {
		if status, out, errs := call("figures", "--gallery", dir); status != 2 || out != "" ||
			!strings.Contains(errs, want) || strings.Contains(errs, "gallery: uk-china") {
			t.Errorf("%s: status %d, %q, %q", dir, status, out, errs)
		}
	}
	if err := galleryPlace("empty"); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile("mine/letter.txt"); string(data) != "dear" {
		t.Error("the letter is gone")
	}
	for _, args := range [][]string{{"figures", "--gallery", "g", "run"},
		{"figures", "--gallery", "g", "--set", "plot.dpi=300"}} {
		if status, _, errs := call(args...); status != 2 || !strings.Contains(errs, "leave the run and --set out") {
			t.Errorf("%v: status %d, %q", args, status, errs)
		}
	}
}

// TestGalleryPage: the pictures of a scenario stand in the order of the kinds, and each
// kind has words.
func TestGalleryPage(t *testing.T) {
	g := &painter{sections: []section{{Title: "A"}}}
	for _, p := range [][2]string{{"history", "a"}, {"effect", "a"}, {"fit", ""}, {"effect", "b"}} {
		if p[1] == "b" {
			g.sections = append(g.sections, section{Title: "B"})
		}
		nothing := func(figure.Options) ([]figure.File, error) { return nil, nil }
		if err := g.painted(p[0], p[1], "misstep run a", figure.Figure{Alt: "one [two]", Draw: nothing}, nil); err != nil {
			t.Fatal(err)
		}
	}
	files := g.files()
	var order []string
	for _, f := range files {
		order = append(order, f.Name)
	}
	if got := strings.Join(order, " "); got != "a-effect.png fit.png a-history.png b-effect.png README.md" {
		t.Error(got)
	}
	page := files[len(files)-1].Data
	if !bytes.Contains(page, []byte(`![one \[two\]](a-history.png)`)) || bytes.Count(page, []byte("\n## ")) != 2 {
		t.Errorf("%s", page)
	}
	for _, k := range kinds {
		if k.Title == "" || !strings.HasSuffix(k.Says, ".") {
			t.Errorf("%s: %q, %q", k.id, k.Title, k.Says)
		}
	}
}
