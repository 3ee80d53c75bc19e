package runfolder

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// check holds a manifest against what every manifest has, whatever its hashes say: names and texts that
// may be printed, a sample that can be played, figures that can be drawn. The error has the path inside
// the file.
func (m *Manifest) check() error {
	in := &m.Inputs
	texts := map[string]string{"program.name": m.Program.Name, "program.version": m.Program.Version,
		"program.go": m.Program.Go, "program.goarch": m.Program.GOARCH, "inputs.model_version": in.ModelVersion,
		"inputs.name": in.Name, "inputs.generator": in.Generator, "inputs.structure": in.Structure}
	if in.Posterior != nil {
		texts["inputs.posterior.name"], texts["inputs.posterior.sha256"] = in.Posterior.Name, in.Posterior.SHA256
	}
	for i, l := range in.Layers {
		texts[fmt.Sprintf("inputs.layers[%d]", i)] = string(l.Origin) + l.Path + l.Value + l.Where
	}
	for i, w := range m.Warnings {
		texts[fmt.Sprintf("warnings[%d]", i)] = w.ID + w.What + w.Why + w.Do
	}
	for i := range m.Parameters {
		p, at := &m.Parameters[i], fmt.Sprintf("parameters[%d]", i)
		texts[at] = strings.Join(append([]string{p.Path, p.Name, p.Value, p.Unit, p.Origin, p.Source, p.Posterior},
			p.InformedBy...), "")
		if p.Contraction != nil && *p.Contraction > 1 {
			return fmt.Errorf("%s.contraction: %v is more than 1", at, *p.Contraction)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(texts)) {
		text := texts[at]
		if what := summary.BadText(text); what != "" {
			return fmt.Errorf("%s: %s", at, what)
		}
	}
	switch {
	case in.Draws < 1 || in.Replicates < 1 || in.BlockSize < 1:
		return fmt.Errorf("inputs: a sample of %d draws × %d replicates in blocks of %d is none", in.Draws, in.Replicates,
			in.BlockSize)
	case !(in.Delta >= 0 && in.Delta <= 100):
		return fmt.Errorf("inputs.delta: %v is not within 0 and 100", in.Delta)
	case !plain(m.Folder()):
		return fmt.Errorf("inputs.name: %q leads out of the folder", in.Name)
	}
	if l := m.Learned; l != nil && !(0 <= l.Informed && l.Informed <= l.Conditioned && l.Conditioned <= l.Uncertain) {
		return fmt.Errorf("learned: %d informed of %d conditioned of %d uncertain numbers", l.Informed, l.Conditioned,
			l.Uncertain)
	}
	if err := checkArms(in.Arms); err != nil {
		return err
	}
	if err := checkPlot(m.Plot); err != nil {
		return err
	}
	return checkFiles(m.Files)
}

func checkArms(arms []string) error {
	seen := map[string]bool{}
	for i, name := range arms {
		what := scenario.BadName(name)
		if seen[name] {
			what = "stands there twice"
		}
		if what != "" {
			return fmt.Errorf("inputs.arms[%d]: the name %.80q %s", i, name, what)
		}
		seen[name] = true
	}
	return nil
}

// checkPlot holds the settings of figures against what config.yaml may say of them.
func checkPlot(p *settings.Plot) error {
	if p == nil {
		return nil
	}
	given := map[string]settings.Option{"plot.formats": {Flag: "plot", Text: strings.Join(p.Formats, ",")},
		"plot.dpi": {Flag: "plot", Text: strconv.Itoa(p.DPI)}}
	if p.Width != 0 {
		given["plot.width"] = settings.Option{Flag: "plot", Text: strconv.FormatFloat(p.Width, 'g', -1, 64)}
	}
	if !(p.Inches >= 0 && p.Inches <= 100) {
		return fmt.Errorf("plot.width: %v inches are no width", p.Inches)
	}
	_, err := settings.Load(settings.Input{Flags: given})
	return err
}

// checkFiles holds a list of files against what every list has.
func checkFiles(files []File) error {
	seen := map[string]bool{Name: true}
	for i, f := range files {
		sum, err := hex.DecodeString(f.SHA256)
		switch at := fmt.Sprintf("files[%d]", i); {
		case summary.BadText(f.Name) != "":
			return fmt.Errorf("%s.name: %s", at, summary.BadText(f.Name))
		case seen[f.Name]:
			return fmt.Errorf("%s.name: %.80q stands there twice", at, f.Name)
		case err != nil || len(sum) != 32:
			return fmt.Errorf("%s.sha256: %.80q is no sum", at, f.SHA256)
		case f.Bytes < 0:
			return fmt.Errorf("%s.bytes: %d is no length", at, f.Bytes)
		}
		seen[f.Name] = true
	}
	return nil
}
