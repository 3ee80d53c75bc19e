package shards

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/nearest"
	"github.com/spf13/cobra"
)

// engines are the files of each engine, as its users write them; the folder of the plan stands for {{.Plan}}.
//
//go:embed engines
var engines embed.FS

// engine is what a user types to start, watch and repeat.
type engine struct {
	name, watch string
	most        int // shards that it takes as it is set up by default; 0 for any number
	more        string
}

var allEngines = []engine{
	{"slurm", `squeue --user="$USER" --name=misstep,misstep-merge`, 1000,
		"its arrays end at MaxArraySize, 1,001 where nobody changed it: make longer shards with --length, or take hq"},
	{"hq", "hq job list", 0, ""},
	{"parallel", "", 0, ""},
}

func engineNames() []string { return say.Each(allEngines, func(e engine) string { return e.name }) }

// NewCluster is the command misstep cluster.
func NewCluster(a *cli.App) *cobra.Command {
	var atOnce int
	cmd := &cobra.Command{
		Use:   "cluster ENGINE FOLDER",
		Short: "Write the files with which an engine plays the shards of a plan",
		Long: `cluster writes what an engine needs to play the plan in a folder: scripts of slurm, hq
(HyperQueue) or parallel (GNU parallel), into a folder of that name in it. They are plain: read
them, and add what your machines ask for. One script starts what is missing, and the same starts
again what failed. misstep has to be found by the shell on all machines, and the folder under the
same path. docs/CLUSTER.md says which engine is for what.`,
		Example: `  misstep plan --write big sweep uk-china-dialogue-2026 --vary strength.delay=0:1:101
  misstep cluster slurm big
  sh big/slurm/submit.sh`,
		Args: cli.Exactly(2, "an engine ("+strings.Join(engineNames(), ", ")+") and the folder of a plan"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return engineNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, args []string) error { return cluster(a, args[0], args[1], atOnce) },
	}
	cmd.Flags().IntVar(&atOnce, "at-once", 100, "play at most `N` shards at once, of slurm")
	return cmd
}

func cluster(a *cli.App, name, folder string, atOnce int) error {
	var e engine
	for _, x := range allEngines {
		if x.name == name {
			e = x
		}
	}
	if e.name == "" {
		return fmt.Errorf("unknown engine %q; %s", name, nearest.Remedy(name, engineNames()))
	}
	if atOnce < 1 {
		return fmt.Errorf("--at-once %d plays nothing; give a number from 1 on", atOnce)
	}
	p, err := open(folder)
	if err != nil {
		return err
	}
	dir := filepath.Join(p.folder, e.name)
	files, err := e.files(p.folder, atOnce)
	if err != nil {
		return err
	}
	for _, f := range files {
		at := filepath.Join(dir, f.Name)
		if old, err := cli.ReadSmall(at, 1<<20); err == nil && !bytes.Equal(old, f.Data) || err != nil && cli.Exists(at) {
			return fmt.Errorf("%s: was changed, or is of another --at-once; delete it to write it anew", at)
		}
	}
	if err := runfolder.Deliver(dir, files); err != nil {
		return cli.Failed(err)
	}
	_, err = fmt.Fprint(a.Out, e.screen(p, dir, files))
	return err
}

// files are those of the engine for a plan.
func (e engine) files(folder string, atOnce int) (out []runfolder.File, err error) {
	at, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	entries, err := engines.ReadDir(path.Join("engines", e.name))
	for _, f := range entries {
		text, _ := engines.ReadFile(path.Join("engines", e.name, f.Name()))
		var b bytes.Buffer
		t := template.Must(template.New(f.Name()).Parse(string(text)))
		if err := t.Execute(&b, map[string]any{"Plan": quoted(at), "AtOnce": atOnce}); err != nil {
			panic("engines: " + err.Error())
		}
		out = append(out, runfolder.NewFile(f.Name(), b.Bytes(), false))
	}
	return out, err
}

// quoted is a text as a shell reads it as one word.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func (e engine) screen(p *plan, dir string, files []runfolder.File) *say.Screen {
	s := &say.Screen{}
	put := func(label, text string) { s.Field(" ", label, 9, text) }
	names := say.Each(files, func(f runfolder.File) string { return f.Name })
	s.Put("", "", "%s of misstep %s with %s: wrote %s: %s", say.Counted(p.count(), "shard"), p.Command, e.name, dir,
		strings.Join(names, ", "))
	submit := "sh " + filepath.Join(dir, "submit.sh")
	put("start", submit)
	watch := "misstep merge " + p.folder + " --missing"
	if e.watch != "" {
		watch = e.watch + "; " + watch
	}
	put("watch", watch)
	put("repeat", submit+", which plays what is missing")
	if e.most > 0 && p.count() > e.most {
		put("note", e.more)
	}
	return s
}
