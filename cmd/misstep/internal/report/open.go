package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/decide"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/model/narrative"
	"github.com/misstep/misstep/model/study/sensitivity"
	"github.com/misstep/misstep/model/summary"
)

// reported is a stored run with what its report shows.
type reported struct {
	*run.Stored
	stored  *figure.History // as the run left it; nil for none
	further map[string]*analysis
	brief   bool   // one side is asked for
	beside  string // the way from the page to the run's folder, "" where it lies in it

	// The run opened again, to play some of its futures once more; nil where this program
	// cannot repeat the run.
	job *run.Run
	// Why it cannot: another model, or a posterior or generator that it has not.
	otherModel, otherSource bool

	chosen  []*narrative.Story // a typical future and the worst; none where nothing is played
	sampled int                // futures that they were chosen from
}

// openReported opens and verifies a run folder, and loads its scenario as it was.
func openReported(arg string) (*reported, error) {
	stored, err := run.OpenStored("report", arg)
	if err != nil {
		return nil, err
	}
	if err := stored.Newer(); err != nil {
		return nil, err
	}
	r := &reported{Stored: stored}
	if r.stored, err = r.History(); err != nil {
		return nil, err
	}
	if r.further, err = analysesIn(r.Dir, r.Manifest.Inputs.Structure); err != nil {
		return nil, err
	}
	r.reopen()
	return r, nil
}

// reopen loads the scenario as it was, or notes why it cannot be.
func (r *reported) reopen() {
	var err error
	if r.job, err = run.Reload(r.Manifest.Folder(), r.Manifest); err == nil {
		return
	}
	r.job = nil
	var o *run.Obstacle
	if errors.As(err, &o) {
		r.otherModel, r.otherSource = o.Kind == run.OtherModel, o.Kind == run.OtherSource
	}
}

// furtherCommands are those whose results a report shows.
var furtherCommands = []string{"why", "decide", "breakeven", "sensitivity"}

// analysis is what a further command left in the folder of a run.
type analysis struct {
	Figure
	file string // of the picture, in the folder of the run
	json []byte // nil for none
}

// analysesIn reads what further commands left in a run folder. A folder that has no
// manifest is none of theirs; one that is damaged is an error, and so is one of
// inputs with another fingerprint than the run's.
func analysesIn(dir, structure string) (map[string]*analysis, error) {
	out := map[string]*analysis{}
	for _, name := range furtherCommands {
		at := filepath.Join(dir, name)
		if !cli.Exists(filepath.Join(at, runfolder.Name)) {
			continue
		}
		w, err := runfolder.OpenWork(at)
		if err != nil {
			return nil, err
		}
		if other := structureOf(w.Inputs); other != "" && other != structure {
			return nil, fmt.Errorf("%s: computed from other inputs than the run; move it away, or run misstep %s %s again",
				at, name, dir)
		}
		a := &analysis{Figure: Figure{ID: name, Made: markdown.Code("misstep " + name)}}
		for _, file := range w.Files {
			if err := a.take(at, file); err != nil {
				return nil, err
			}
		}
		if a.picture != nil || a.csv != nil {
			out[name] = a
		}
	}
	return out, nil
}

// take keeps a file that the page shows: the results, the first table that belongs to no
// figure, and a picture, SVG before PNG.
func (a *analysis) take(dir string, file runfolder.File) error {
	ext := filepath.Ext(file.Name)
	picture := ext == ".svg" || ext == ".png" && a.picture == nil
	table := ext == ".csv" && a.csv == nil && !file.Figure
	results := file.Name == a.ID+".json"
	if !picture && !table && !results {
		return nil
	}
	path := filepath.Join(dir, file.Name)
	data, err := cli.ReadSmall(path, run.MaxManifest)
	switch {
	case err != nil || !results:
	case a.ID == "sensitivity":
		err = checkSensitivity(path, data)
	case a.ID == "decide":
		_, err = decide.Read(path, data)
	}
	switch {
	case results:
		a.json = data
	case table:
		a.csv, a.Name = data, inTag(a.ID+"-"+file.Name)
	default:
		a.picture, a.file = data, a.ID+"/"+file.Name
		a.alt = readSVG(data).Desc
	}
	return err
}

// checkSensitivity holds what the page reads of a sensitivity against what it has to be.
func checkSensitivity(path string, data []byte) error {
	r, err := schema.Decode[sensitivity.Report](data, true)
	if err == nil {
		for i, g := range r.Groups {
			if what := summary.BadText(g.Label); what != "" {
				err = fmt.Errorf("groups[%d].label: %s", i, what)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %s; delete its folder and run misstep sensitivity again", path, say.Visible(err.Error()))
	}
	return nil
}

// structureOf finds the fingerprint of the run in the inputs of a further command:
// they are those of the run, or hold them under run; "" where they do not.
func structureOf(inputs json.RawMessage) string {
	var in struct {
		Structure string
		Run       struct{ Structure string }
	}
	_ = json.Unmarshal(inputs, &in) // of what is no object nothing is known
	if in.Structure != "" {
		return in.Structure
	}
	return in.Run.Structure
}

// decoded reads what a further command found into a value, and reports whether there is
// anything to read.
func (r *reported) decoded(command string, into any) bool {
	a := r.further[command]
	return a != nil && a.json != nil && json.Unmarshal(a.json, into) == nil
}

// svg is what a picture says of itself: its size, and the text that stands for it.
type svg struct {
	ViewBox string `xml:"viewBox,attr"`
	Desc    string `xml:"desc"`
}

// readSVG reads it; of a picture of another kind nothing is known.
func readSVG(picture []byte) (s svg) {
	_ = xml.Unmarshal(picture, &s)
	return s
}

// height is that of the picture where it is 768 wide [px], in proportion where it is
// known.
func (s svg) height() int {
	var x, y, w, h float64
	if _, err := fmt.Sscan(s.ViewBox, &x, &y, &w, &h); err != nil || !(w > 0) || !(h > 0) {
		return 432
	}
	return int(768*h/w + 0.5)
}
