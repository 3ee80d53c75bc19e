package runfolder

import (
	"slices"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// TestRepeats: numbers and pictures are compared apart, by the hashes of the
// manifest, and the reason names what differs between the programs.
func TestRepeats(t *testing.T) {
	was := sample(1)
	was.Plot = &settings.Plot{Formats: []string{"svg", "png"}}
	was.Files = []File{{Name: "summary.json", SHA256: "a"}, {Name: "curves.csv", SHA256: "b"},
		{Name: "effect.svg", SHA256: "c", Figure: true}, {Name: "effect.png", SHA256: "d", Figure: true}}
	for _, c := range []struct {
		name  string
		alter func(*Manifest)
		same  bool
		want  string
	}{
		{"equal", func(*Manifest) {}, true, "numbers: all 2 files are equal; pictures: all 2 files are equal"},
		{"no pictures", func(m *Manifest) { m.Plot, m.Files = nil, m.Files[:2] }, true, "numbers: all 2 files are equal"},
		{"a number", func(m *Manifest) { m.Files[1].SHA256 = "x" }, false,
			"numbers: 1 of 2 files differ: curves.csv (this program calls itself as the one that wrote them does, " +
				"(devel) with go1 on amd64: the manifest was changed, or the code was); pictures: all 2 files are equal"},
		{"missing", func(m *Manifest) { m.Files = m.Files[2:]; m.Program.GOARCH = "arm64" }, false,
			"numbers: all 2 files differ (written by (devel) with go1 on amd64; this is (devel) with go1 on arm64); " +
				"pictures: all 2 files are equal"},
		{"a PNG", func(m *Manifest) { m.Files[3].SHA256 = "x" }, true,
			"numbers: all 2 files are equal; pictures: 1 of 2 files differ: effect.png " +
				"(PNG is drawn by a library, and may differ between processors)"},
		{"an SVG", func(m *Manifest) { m.Files[2].SHA256 = "x"; m.Program.Go = "go2" }, true,
			"numbers: all 2 files are equal; pictures: 1 of 2 files differ: effect.svg " +
				"(written by (devel) with go1 on amd64; this is (devel) with go2 on amd64)"},
	} {
		now := *was
		now.Files = slices.Clone(was.Files)
		c.alter(&now)
		r := Repeats(was, &now)
		if r.Same() != c.same || r.String() != c.want {
			t.Errorf("%s: %v, %q\nwant %v, %q", c.name, r.Same(), r, c.same, c.want)
		}
	}
}
