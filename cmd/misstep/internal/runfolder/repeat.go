package runfolder

import (
	"fmt"
	"strings"
)

// Repetition says how a run that was repeated from a manifest compares with the
// hashes that the manifest holds.
type Repetition struct {
	Numbers, Pictures Compared
	Then, Now         Program
}

// Compared counts files of one kind, and names those that differ or are missing.
type Compared struct {
	Files  int
	Differ []string
}

// Repeats compares a run, played again, with the manifest it was repeated from.
// Pictures take no part where none was drawn now.
func Repeats(was, now *Manifest) *Repetition {
	r := &Repetition{Then: was.Program, Now: now.Program}
	fresh := map[string]string{}
	for _, f := range now.Files {
		fresh[f.Name] = f.SHA256
	}
	for _, f := range was.Files {
		kind := &r.Numbers
		if f.Figure {
			if kind = &r.Pictures; now.Plot == nil {
				continue
			}
		}
		kind.Files++
		if fresh[f.Name] != f.SHA256 {
			kind.Differ = append(kind.Differ, f.Name)
		}
	}
	return r
}

// Same reports whether all numbers are those of the manifest.
func (r *Repetition) Same() bool { return len(r.Numbers.Differ) == 0 }

// String says in a sentence or two what is equal, what differs, and why that may be.
func (r *Repetition) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "numbers: %s", r.Numbers)
	if !r.Same() {
		b.WriteString(" (" + r.reason() + ")")
	}
	if r.Pictures.Files == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, "; pictures: %s", r.Pictures)
	if n := len(r.Pictures.Differ); n > 0 {
		if n == r.Pictures.of(".png") {
			b.WriteString(" (PNG is drawn by a library, and may differ between processors)")
		} else if r.Same() {
			b.WriteString(" (" + r.reason() + ")")
		}
	}
	return b.String()
}

// reason is why files may differ though the inputs are equal.
func (r *Repetition) reason() string {
	if r.Then == r.Now {
		return fmt.Sprintf("this program calls itself as the one that wrote them does, %s: the manifest was changed, or "+
			"the code was", r.Now)
	}
	return fmt.Sprintf("written by %s; this is %s", r.Then, r.Now)
}

func (p Program) String() string { return p.Version + " with " + p.Go + " on " + p.GOARCH }

func (c Compared) String() string {
	switch len(c.Differ) {
	case 0:
		return fmt.Sprintf("all %d files are equal", c.Files)
	case c.Files:
		return fmt.Sprintf("all %d files differ", c.Files)
	}
	const shown = 3
	names := c.Differ
	if len(names) > shown {
		names = append(names[:shown:shown], "…")
	}
	return fmt.Sprintf("%d of %d files differ: %s", len(c.Differ), c.Files, strings.Join(names, ", "))
}

// of counts those that differ and end in a suffix.
func (c Compared) of(suffix string) int {
	n := 0
	for _, name := range c.Differ {
		if strings.HasSuffix(name, suffix) {
			n++
		}
	}
	return n
}
