package cli

import "errors"

// Points are what a long command is about to play, one by one.
type Points struct {
	Command string
	Head    []byte // of the log that keeps them: the command, and all that they depend on
	Log     string // where a command keeps them that plays all

	// Ends are the numbers of the last point of each stage. A stage depends on the points of the ones before, and on
	// none of its own.
	Ends []int

	Args     []string                // that make the command elsewhere what it is here, beside those given
	Manifest func() []byte           // of the run that is looked into, to open it elsewhere; nil for none
	Each     func() (float64, error) // how long a point takes, from a trial [s]
	Proof    func() (string, error)  // a hash of a little of what is computed
}

// Count is how many points there are.
func (p *Points) Count() int { return p.Ends[len(p.Ends)-1] }

// Part says which points of a command are played where they are shared out, and is nil where a command plays all.
type Part struct {
	Manifest string                // of the run that is looked into: it is opened as if it had never been stored
	Begin    func(p *Points) error // is asked before any is played, and may end the command

	Joins bool // all points are there, and the command goes on with them

	// In a shard points From+1 to To are kept in a log of this name and head.
	Log      string
	Head     []byte
	From, To int

	// Earlier hands over the points of other shards: those before From in a shard, all of them else.
	Earlier func(do func(line []byte) error) error
}

// ErrParted ends a command that has done its part of the points, and has nothing to show.
var ErrParted = errors.New("this part is done; misstep merge joins all")

// SharesOut marks a command whose points can be shared out.
const SharesOut = "shares out"

// Inner is the program once more, for a part of a command: with the streams of this one, and flags of its own.
func (a *App) Inner(p *Part) *App {
	return &App{In: a.In, Out: a.Out, Err: a.Err, Root: a.Root, Part: p, outer: a}
}

// Apart reports whether a command plays a part of its points only, or none, and leaves no results.
func (a *App) Apart() bool { return a.Part != nil && !a.Part.Joins }
