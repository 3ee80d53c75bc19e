package fit

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/record/evidence"
)

// added says what the rows of --with change, and gives the tables that a fit is made with: imported rows count in
// them where that was asked for.
func (f *calibrateFlags) added(tables *evidence.Tables, until time.Time) ([]string, *evidence.Tables, error) {
	if f.with == "" {
		if f.imported {
			return nil, nil, errors.New("--imported counts rows that --with adds; name their folder, or leave it out")
		}
		return nil, tables, nil
	}
	var says []string
	n := tables.Imported()
	switch {
	case n > 0 && f.imported:
		says = append(says, say.Counted(n, "imported row")+" counted as if read at the source")
		tables = tables.WithImported()
	case n > 0:
		says = append(says, say.Counted(n, "imported row")+" left out of all targets; --imported counts them")
	case f.imported:
		return nil, nil, fmt.Errorf("--imported: %s has no imported row; leave it out", f.with)
	}
	return append(says, moved(evidence.Shipped().Changes(tables, until))), tables, nil
}

func moved(changes []evidence.Change) string {
	if len(changes) == 0 {
		return "--with changes no target"
	}
	short := func(x float64) string { return say.Short(x, false) }
	words := say.Each(changes, func(c evidence.Change) string {
		return fmt.Sprintf("%s %s → %s (n %d → %d)", c.Is.ID, short(c.Was.Value), short(c.Is.Value), c.Was.N, c.Is.N)
	})
	return "--with changes " + strings.Join(words, ", ")
}
