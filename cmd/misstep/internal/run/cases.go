package run

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/internal/nearest"
)

// exports are what run can write beside its results, by the words of --export and the files they name.
var exports = []struct{ word, file string }{
	{"cases", "cases.csv"},
	{"cases.parquet", "cases.parquet"},
}

// Export asks for tables beside the results, by the words of --export. A run that is repeated
// writes again what it wrote.
func (j *Run) Export(words []string) error {
	var known []string
	for _, e := range exports {
		known = append(known, e.word)
		had := func(f runfolder.File) bool { return f.Name == e.file }
		if slices.Contains(words, e.word) || j.Manifest != nil && slices.ContainsFunc(j.Manifest.Files, had) {
			j.tables = append(j.tables, e.file)
		}
	}
	for _, w := range words {
		if !slices.Contains(known, w) {
			return fmt.Errorf("--export: unknown table %q; %s", w, nearest.Remedy(w, known))
		}
	}
	return nil
}

// spooled is a table that is written while the futures are played, and the file that it becomes.
type spooled struct {
	*runfolder.Spool
	to  io.Writer    // takes lines of CSV
	end func() error // what is left to write
}

// spools begins the tables that are asked for, under the folder where the run will stand.
func (j *Run) spools() (out []spooled, err error) {
	for _, name := range j.tables {
		s, err := runfolder.NewSpool(j.Settings.Run.Out, name)
		if err != nil {
			return out, err
		}
		t := spooled{Spool: s, to: s, end: func() error { return nil }}
		if name == "cases.parquet" {
			p := newParquetTable(s)
			t.to, t.end = p, p.Close
		}
		out = append(out, t)
	}
	return out, nil
}

// toAll writes to all tables.
func toAll(tables []spooled) io.Writer {
	var to []io.Writer
	for _, t := range tables {
		to = append(to, t.to)
	}
	return io.MultiWriter(to...)
}

// written are the files of tables that are complete.
func written(tables []spooled) (out []runfolder.File, err error) {
	for _, t := range tables {
		f, err := runfolder.File{}, t.end()
		if err == nil {
			f, err = t.File()
		}
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// removed leaves nothing of tables behind.
func removed(tables []spooled) error {
	var all error
	for _, t := range tables {
		all = errors.Join(all, t.Remove())
	}
	return all
}
