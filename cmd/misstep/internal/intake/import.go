// Package intake is the command misstep import: what data sets of others document, as tables of evidence.
package intake

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/readfile"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/field"
	"github.com/spf13/cobra"
)

// options are the flags of import.
type options struct{ pair, write string }

// New is the command misstep import.
func New(a *cli.App) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "import SET FILE…",
		Short: "Take rows over from EuRepoC or DCID, as tables of evidence",
		Long: `import reads what a data set of others documents about a pair of states and writes it as tables
of evidence for --with: incidents as events (E…), accusations of China by governments as coded
accusations (G…), with the row and the hash of the file that each came from. Its rows have the
status imported: they are listed, and no target rests on them unless calibrate is told --imported.
What is not taken over stands in import.json with the reason.

SET is eurepoc (EuRepoC global 1.3, attribution 1.3, or both; CSV or XLSX) or dcid (DCID 2.0,
XLSX). States go by their names, ISO 3166 codes or numbers of the Correlates of War. The
files are not copied: mind their licences (EuRepoC: CC BY-NC) before you pass the folder on.`,
		Example: `  misstep import eurepoc eurepoc_global_dataset_1_3.csv eurepoc_attribution_dataset_1.3.csv \
    --pair "China,United Kingdom" --write my-evidence
  misstep import dcid DCID_2.0.xlsx --pair CN,US --write my-evidence
  misstep evidence --with my-evidence --checked imported
  misstep calibrate --quick --with my-evidence --imported`,
		Args: some,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return field.Sets(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(_ *cobra.Command, args []string) error { return take(a, o, args[0], args[1:]) },
	}
	cmd.Flags().StringVar(&o.pair, "pair", "", "take what these two `STATES` did to each other: \"China,United Kingdom\"")
	cmd.Flags().StringVar(&o.write, "write", "", "write the tables into this new `FOLDER`")
	cli.Printing[field.Import](a, "import")
	cmd.Flags().BoolVar(&a.Flags.JSON, "json", false, "print what import.json holds in place of the screen")
	return cmd
}

// some checks the arguments.
func some(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return errors.New("name a data set and its files, as in misstep import eurepoc FILE --pair China,GB --write FOLDER")
	case !slices.Contains(field.Sets(), args[0]):
		return fmt.Errorf("%q is no data set that is known; %s", args[0], nearest.Remedy(args[0], field.Sets()))
	case len(args) == 1:
		return fmt.Errorf("name a file of %s, as its project publishes it", args[0])
	}
	return nil
}

func take(a *cli.App, o options, set string, paths []string) error {
	if o.pair == "" {
		return errors.New(`--pair is missing; name two states, as in --pair "China,United Kingdom"`)
	}
	if err := cli.Unused(o.write, "folder that the tables are written into"); err != nil {
		return err
	}
	pair, err := field.Pair(o.pair)
	if err != nil {
		return fmt.Errorf("--pair: %w", err)
	}
	var files []field.File
	for _, path := range paths {
		data, err := readfile.All(path, field.MostBytes)
		if err != nil {
			return err
		}
		files = append(files, field.File{Name: filepath.Base(path), Data: data})
	}
	got, err := field.Read(set, files, pair, evidence.Shipped())
	if err != nil {
		return err
	}
	if len(got.Events)+len(got.Accusations) == 0 {
		return fmt.Errorf("nothing about %s and %s is left to take over, and nothing is written: %s", pair[0], pair[1],
			strings.Join(say.Each(got.Dropped, reason), "; "))
	}
	err = runfolder.CreateFolder(filepath.Clean(o.write), tables(got))
	if err != nil {
		return cli.Unwritten(o.write, err)
	}
	return a.Print(got, func() string { return screen(got, o.write) })
}

// tables are the files of the folder: what --with reads, and the report beside it.
func tables(got *field.Import) []runfolder.File {
	var out []runfolder.File
	if len(got.Events) > 0 {
		out = append(out, runfolder.NewFile("evidence.csv", evidence.EventTable(got.Events), false))
	}
	if len(got.Accusations) > 0 {
		out = append(out, runfolder.NewFile("accusations.csv", evidence.AccusationTable(got.Accusations), false))
	}
	return append(out, runfolder.NewFile("import.json", say.JSON(got), false))
}

// reason says how many rows were not taken over, and why.
func reason(d field.Dropped) string { return say.Counted(len(d.Rows), "row") + ": " + d.Reason }

// screen says what was taken over, what was not, and what comes next.
func screen(got *field.Import, folder string) string {
	s := &say.Screen{Columns: say.NarrowWidth}
	s.Add(fmt.Sprintf("%s and %s: %s, %s", got.Pair[0], got.Pair[1], say.Counted(len(got.Events), "event"),
		say.Counted(len(got.Accusations), "accusation")))
	for _, x := range got.Sources {
		s.Add("")
		s.Put("  ", "    ", "%s: %s, %s, sha256 %s", x.File, x.Table, say.Counted(x.Rows, "row"), x.SHA256[:12])
		for _, d := range got.Dropped {
			if d.File == x.File {
				s.Put("    ", "      ", "%s not taken over: %s", say.Counted(len(d.Rows), "row"), d.Reason)
			}
		}
	}
	s.Add("")
	s.Put("  ", "  ", "Written to %s; import.json has every row. All have the status imported: nothing rests on them "+
		"unless asked.", folder)
	s.Add("  misstep evidence --with "+folder+" --checked imported",
		"  misstep calibrate --quick --with "+folder+" --imported")
	return s.String()
}
