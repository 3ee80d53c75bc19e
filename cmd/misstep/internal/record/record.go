// Package record is the command misstep evidence: what is documented, and what rests on it.
package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/spf13/cobra"
)

// New is the command misstep evidence.
func New(a *cli.App) *cobra.Command {
	var f evidenceFilter
	cmd := &cobra.Command{
		Use:   "evidence [KEY|WORD]",
		Short: "List what is documented, from events to targets",
		Long: `evidence lists what sources name: events (E001), coded accusations (G01), cases with their
delays (D01), beliefs that were wrong or right (FB01, NM01, CT01), channels between states
(CH01), steps of other pairs of rivals (X001), figures on covert answers (CV01), target
statistics (T5), patterns (P3) and the literature. A key shows all there is to know about one
row, and which targets and scenarios rest on it; for a target its value as computed from the
rows, with interval, method and cases. A word lists the rows that have it. Rows from memory
are listed, and left out of what is computed.`,
		Example: `  misstep evidence T12
  misstep evidence --kind events --type penalty --from 2024
  misstep evidence dialogue --checked memory
  misstep evidence --kind targets --to 2020-12-31
  misstep evidence --with my-evidence --kind targets`,
		Args:              cli.AtMost(1, "one key or word"),
		ValidArgsFunction: completeEvidence,
		RunE: func(_ *cobra.Command, args []string) error {
			f.word = strings.Join(args, "")
			return runEvidence(a, f)
		},
	}
	cmd.Flags().StringVar(&f.kindOf, "type", "", "only events and steps of this `TYPE`; see --types")
	cmd.Flags().StringVar(&f.from, "from", "", "only rows from this `DATE` on: a day, a month or a year")
	cmd.Flags().StringVar(&f.to, "to", "", "only rows up to this `DATE`; targets are computed as of then")
	cmd.Flags().StringVar(&f.checked, "checked", "", "only rows checked in this `WAY`: source, document, memory, imported")
	cmd.Flags().StringVar(&f.kind, "kind", "", "only this `KIND`: "+strings.Join(evidenceKinds, ", "))
	cmd.Flags().StringVar(&f.with, "with", "", "add the tables of this `FOLDER`, with the columns of the shipped ones")
	cmd.Flags().BoolVar(&f.types, "types", false, "list the types of events and where each stands in the model")
	cli.Printing[[]evidenceRow](a, "evidence")
	cli.Printing[evidenceRow](a, "evidence")    // of a key
	cli.Printing[[]evidenceType](a, "evidence") // --types
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print as JSON")
	return cmd
}

// evidenceKinds are the words of --kind, in the order of [evidence.Kind].
var evidenceKinds = []string{"events", "accusations", "delays", "beliefs", "channels", "dyads", "covert", "targets",
	"patterns", "references"}

// evidenceFilter says which rows are listed.
type evidenceFilter struct {
	kindOf, from, to, checked, kind, with, word string
	types                                       bool

	first, last time.Time // what from and to mean; zero: no bound
}

func runEvidence(a *cli.App, f evidenceFilter) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.types {
		return evidenceTypes(a)
	}
	t, err := evidenceTables(a, f.with)
	if err != nil {
		return err
	}
	all := evidenceRows(t, f.last)
	if key := strings.Trim(f.word, "[]"); f.word != "" {
		if i := slices.IndexFunc(all, func(r evidenceRow) bool { return strings.EqualFold(r.Key, key) }); i >= 0 {
			one := &all[i]
			one.Targets, one.Scenarios = restingOn(t, one.Key), citing(one.Key)
			return a.Print(one, func() string { return evidenceInFull(t, one) })
		}
	}
	named := 0
	kept := slices.DeleteFunc(slices.Clone(all), func(r evidenceRow) bool {
		has := f.word == "" || r.has(f.word)
		if has {
			named++
		}
		return !has || !f.keeps(&r)
	})
	if named == 0 {
		return fmt.Errorf("unknown key or word %q; %s", f.word, nearest.Remedy(f.word, evidenceKeys(all)))
	}
	return a.Print(append([]evidenceRow{}, kept...), func() string { return evidenceText(kept) })
}

// check reads the dates and checks the words of the flags.
func (f *evidenceFilter) check() error {
	for _, x := range []struct {
		flag, value string
		known       []string
	}{
		{"--type", f.kindOf, evidence.StepTypes.All()},
		{"--checked", f.checked, evidence.Checks.All()},
		{"--kind", f.kind, evidenceKinds},
	} {
		if x.value != "" && !slices.Contains(x.known, x.value) {
			return fmt.Errorf("%s %q is not known; %s", x.flag, x.value, nearest.Remedy(x.value, x.known))
		}
	}
	for _, x := range []struct {
		flag, value string
		day         *time.Time
		end         func(evidence.Date) time.Time
	}{{"--from", f.from, &f.first, evidence.Date.First}, {"--to", f.to, &f.last, evidence.Date.Last}} {
		if x.value == "" {
			continue
		}
		d, err := evidence.ParseDate(x.value)
		if err != nil {
			return fmt.Errorf("%s: %w", x.flag, err)
		}
		*x.day = x.end(d)
	}
	if !f.first.IsZero() && !f.last.IsZero() && f.last.Before(f.first) {
		return fmt.Errorf("--from %s lies after --to %s; exchange them", f.from, f.to)
	}
	return nil
}

// keeps reports whether a row passes the flags. With --to targets are computed as of then; with --from they,
// and with either figures on covert answers, patterns and references, are left out, unless --kind asks for them.
func (f *evidenceFilter) keeps(r *evidenceRow) bool {
	switch {
	case f.kind != "" && r.kind != f.kind, f.kindOf != "" && r.Type != f.kindOf, f.checked != "" && r.Checked != f.checked:
		return false
	case f.first.IsZero() && f.last.IsZero():
		return true
	case r.when.IsZero():
		return f.kind == r.kind && f.first.IsZero()
	}
	return !r.when.Last().Before(f.first) && (f.last.IsZero() || !r.when.First().After(f.last))
}

// evidenceTables reads the shipped tables, with those of a folder, and tells mistakes each at its
// place.
func evidenceTables(a *cli.App, folder string) (*evidence.Tables, error) {
	if folder == "" {
		return evidence.Shipped(), nil
	}
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return nil, cli.Plainly(folder, err)
	case !info.IsDir():
		return nil, fmt.Errorf("--with %s: not a folder; name the folder that holds the tables", folder)
	}
	t, err := evidence.Read(os.DirFS(folder))
	var problems evidence.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			p.File = filepath.Join(folder, p.File)
			fmt.Fprintln(a.Err, p.Error())
		}
		return nil, cli.ErrReported
	}
	return t, err
}

func evidenceKeys(all []evidenceRow) []string {
	keys := say.Each(all, func(r evidenceRow) string { return r.Key })
	return append(keys, evidence.StepTypes.All()...)
}

func completeEvidence(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return say.Each(evidence.All(), func(e evidence.Entry) string { return e.Key }), cobra.ShellCompDirectiveNoFileComp
}

type evidenceType struct {
	Type    string   `json:"type"`
	Meaning string   `json:"meaning"`
	Codes   []string `json:"codes"`
	Event   string   `json:"event"`
	Stands  string   `json:"stands"`
}

func evidenceTypes(a *cli.App) error {
	var list []evidenceType
	for _, name := range evidence.StepTypes.All() {
		x := evidence.StepTypes.Means(name)
		list = append(list, evidenceType{name, x.Means, append([]string{}, x.Codes...), x.Event,
			placeOf(name)})
	}
	return a.Print(list, func() string {
		s := &say.Screen{Columns: say.NarrowWidth}
		s.Add("types of events")
		for _, t := range list {
			s.Add("  " + say.PadRight(t.Type, 25) + t.Meaning)
			s.Put(strings.Repeat(" ", 27)+"→ ", strings.Repeat(" ", 29), "%s", t.Stands)
		}
		return s.String()
	})
}
