package compare

import (
	"errors"
	"fmt"
	"os"

	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
)

// comparedRun is a stored run with the letter that tables call it by.
type comparedRun struct {
	*run.Stored  `json:"-"`
	Letter       string `json:"letter"`
	Name         string `json:"run"` // scenario and hash: the name that its folder was written under
	Title        string `json:"title"`
	ModelVersion string `json:"model_version"`
	Baseline     string `json:"baseline"`
	Treatment    string `json:"treatment"`
	Seed         uint64 `json:"seed"`
	Draws        int    `json:"draws"`
	Replicates   int    `json:"replicates"`
}

// comparedAs names a stored run.
func comparedAs(r *run.Stored, letter string) *comparedRun {
	s := &r.Summary.Run
	return &comparedRun{Stored: r, Letter: letter, Name: say.Visible(r.Manifest.Folder()), Title: s.Title,
		ModelVersion: r.Manifest.Inputs.ModelVersion, Baseline: s.Baseline, Treatment: s.Treatment, Seed: s.Seed,
		Draws: s.Draws, Replicates: s.Replicates}
}

// mostCompared is how many runs have a letter.
const mostCompared = 26

// openRuns opens and verifies the folders, of which the first is the reference.
func openRuns(args []string) ([]*comparedRun, error) {
	switch {
	case len(args) == 0:
		return nil, errors.New("misstep compare needs two or more stored runs: run folders, such as those under outputs")
	case len(args) == 1:
		return nil, fmt.Errorf("misstep compare needs two or more stored runs; what is %q to be compared with?", args[0])
	case len(args) > mostCompared:
		return nil, fmt.Errorf("misstep compare takes at most %d runs, not %d; compare some of them", mostCompared, len(args))
	}
	var out []*comparedRun
	for i, arg := range args {
		r, err := run.OpenStored("compare", arg)
		if err != nil {
			return nil, err
		}
		if len(r.Summary.Contrasts) == 0 {
			return nil, fmt.Errorf("%s: a run of one arm, which has no difference to compare; run the scenario with two arms "+
				"or more", r.Dir)
		}
		for k, other := range out {
			if sameFolder(other.Dir, r.Dir) {
				return nil, fmt.Errorf("%s and %s are the same run; name runs that differ", args[k], arg)
			}
		}
		out = append(out, comparedAs(r, string(rune('A'+i))))
	}
	return out, nil
}

// sameFolder reports whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// sameSample reports whether two runs have the same seed, generator and counts.
func sameSample(a, b *runfolder.Inputs) bool {
	return a.Seed == b.Seed && a.Generator == b.Generator && a.Draws == b.Draws && a.Replicates == b.Replicates &&
		a.BlockSize == b.BlockSize
}

// whyUnpaired says in a clause why two runs cannot be compared future by future, ""
// where they can. Runs of one seed, generator and sample share chance; to be paired
// they are played again, which takes the model that computed them.
func whyUnpaired(a, b *comparedRun) string {
	x, y := &a.Manifest.Inputs, &b.Manifest.Inputs
	switch {
	case x.Seed != y.Seed:
		return fmt.Sprintf("their seeds differ, %d and %d", x.Seed, y.Seed)
	case x.Generator != y.Generator:
		return fmt.Sprintf("their generators differ, %s and %s", say.Visible(x.Generator), say.Visible(y.Generator))
	case !sameSample(x, y):
		return fmt.Sprintf("their samples differ, %d × %d in blocks of %d and %d × %d in blocks of %d",
			x.Draws, x.Replicates, x.BlockSize, y.Draws, y.Replicates, y.BlockSize)
	}
	for _, r := range []*comparedRun{a, b} {
		if v := r.Manifest.Inputs.ModelVersion; v != experiment.ModelVersion {
			return fmt.Sprintf("%s was computed by model %s, and this program, which would play it again, has model %s",
				r.Letter, say.Visible(v), experiment.ModelVersion)
		}
	}
	if x.HashInputs() == y.HashInputs() && a.Results != b.Results {
		return "their inputs are equal and their results are not, so that this program computes one of them at most"
	}
	return ""
}
