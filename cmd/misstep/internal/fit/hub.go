package fit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/model/record/backtest"
	"github.com/misstep/misstep/model/record/hub"
)

// The forms in which a forecast is written.
const csvForm, hubForm = "csv", "hub"

// keepForecast writes a forecast in a form under a folder, and returns what it did and where. What stands there
// is left alone.
func keepForecast(f *backtest.Forecast, form, out, years string) (word, path string, err error) {
	if form == csvForm {
		path = filepath.Join(out, "forecast-"+years+".csv")
		word, err = keepAll("", []fileOf{{Path: path, Data: f.Bytes()}})
		return word, path, err
	}
	path = filepath.Join(out, "hub-"+years)
	files, err := hub.Files(f)
	if err != nil {
		return "", "", err
	}
	word, err = keepAll(path, files)
	return word, path, err
}

// fileOf is a file with its path, of slashes, below a folder.
type fileOf = hub.File

// keepAll writes files, once it is clear that none takes the place of another, all or none.
func keepAll(dir string, files []fileOf) (string, error) {
	var missing []fileOf
	for _, f := range files {
		f.Path = filepath.Join(dir, filepath.FromSlash(f.Path))
		switch old, err := cli.ReadSmall(f.Path, maxForecast); {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, f)
		case err != nil:
			return "", err
		case !bytes.Equal(old, f.Data):
			return "", replaced(f.Path)
		}
	}
	if len(missing) == 0 {
		return "unchanged", nil
	}
	return "wrote", createAll(missing)
}

// createAll writes files where there are none; at an error those that it wrote are taken back.
func createAll(files []fileOf) error {
	for i, f := range files {
		err := runfolder.CreateFile(f.Path, f.Data)
		if err == nil {
			continue
		}
		for _, done := range files[:i] {
			runfolder.TakeBack(done.Path)
		}
		if errors.Is(err, fs.ErrExist) { // another command was faster
			return replaced(f.Path)
		}
		return err
	}
	return nil
}

func replaced(path string) error {
	return fmt.Errorf("%s: another forecast stands there, and a forecast is not replaced; move it away or choose "+
		"--out; nothing written", path)
}
