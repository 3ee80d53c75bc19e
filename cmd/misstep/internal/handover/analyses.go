package handover

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
)

// analysisFolder is what a further command left in the folder of a run.
type analysisFolder struct {
	name    string // of the folder and the command
	picture []byte // nil without one
	file    string // of the picture, in the folder of the run
	table   []byte // CSV; nil without one
	csv     string // its name
	report  []byte // JSON; nil without one
}

// reportAnalyses are the commands whose results a report shows, in its order.
var reportAnalyses = []struct{ name, title, says, remedy string }{
	{"why", "Which part of the forum does what",
		"The difference between the two versions is split among the mechanisms of the forum; the parts add up to it.",
		"misstep why"},
	{"breakeven", "What would have to be true for the sign to change",
		"Where along an assumption the effect crosses zero.", "misstep breakeven"},
	{"sensitivity", "Which assumptions matter most", "How much of the spread of the results each assumption brings.",
		"misstep sensitivity"},
}

// analysesIn reads what further commands left in a run folder. A folder that has no
// manifest is none of theirs; one that is damaged is an error, and so is one of
// inputs with another fingerprint than the run's.
func analysesIn(dir, structure string) ([]analysisFolder, error) {
	var out []analysisFolder
	for _, c := range reportAnalyses {
		at := filepath.Join(dir, c.name)
		if !cli.Exists(filepath.Join(at, runfolder.Name)) {
			continue
		}
		w, err := runfolder.OpenWork(at)
		if err != nil {
			return nil, err
		}
		if other := structureOf(w.Inputs); other != "" && other != structure {
			return nil, fmt.Errorf("%s: computed from other inputs than the run; move it away, or run %s %s again", at,
				c.remedy, dir)
		}
		f := analysisFolder{name: c.name}
		for _, file := range w.Files {
			ext := filepath.Ext(file.Name)
			picture := ext == ".svg" || ext == ".png" && filepath.Ext(f.file) != ".svg"
			table := ext == ".csv" && f.table == nil && !file.Figure
			own := file.Name == c.name+".json"
			if !picture && !table && !own {
				continue
			}
			data, err := cli.ReadSmall(filepath.Join(at, file.Name), run.MaxManifest)
			if err != nil {
				return nil, err
			}
			switch {
			case own:
				f.report = data
			case table:
				f.table, f.csv = data, c.name+"-"+file.Name
			case f.picture == nil || filepath.Ext(f.file) != ".svg":
				f.picture, f.file = data, c.name+"/"+file.Name
			}
		}
		if f.picture != nil || f.table != nil {
			out = append(out, f)
		}
	}
	return out, nil
}

// structureOf finds the fingerprint of the run in the inputs of a further command:
// they are those of the run, or hold them under run; "" where they do not.
func structureOf(inputs json.RawMessage) string {
	var in struct {
		Structure string
		Run       struct{ Structure string }
	}
	if json.Unmarshal(inputs, &in) != nil {
		return ""
	}
	if in.Structure != "" {
		return in.Structure
	}
	return in.Run.Structure
}
