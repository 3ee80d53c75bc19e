// Package ladder holds the rungs of escalation as data: scale files say how hard,
// how public and how costly each rung is, and which coded events stand on it.
// A second shipped scale allows the same run to be scored again.
package ladder

import (
	"bytes"
	"embed"
	"fmt"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Rungs is the number of rungs, R0 to R9.
const Rungs = 10

// The rungs that rules refer to by name.
const (
	Absorb           = 0
	PrivateProtest   = 1
	PrivateDemarche  = 2
	Public           = 3 // first public step, alone
	Coordinated      = 4 // never chosen: R3 joined by partners
	Sanctions        = 5
	ReduceRelations  = 6
	CounterOperation = 7
	Disruptive       = 8 // beyond firebreak A
	Military         = 9 // beyond firebreak B
)

// InPublicSet reports whether a rung names the other side before the public: R3 to R6.
// A covert step (R7) does not, and what lies beyond the firebreaks is another thing.
func InPublicSet(rung int) bool { return rung >= Public && rung <= ReduceRelations }

// Rung is one step of the ladder.
type Rung struct {
	Code       string  `yaml:"code"`
	Name       string  `yaml:"name"`
	Level      float64 `yaml:"level"`      // hardness, [0, 1]
	Visibility float64 `yaml:"visibility"` // share seen by the public, [0, 1]
	Cost       float64 `yaml:"cost"`       // author's own cost, [0, 1]
	Domain     string  `yaml:"domain"`     // none, diplomatic, legal, cyber, military
	DCID       float64 `yaml:"dcid"`       // severity on the DCID 2.0 scale, 0-10
	CAMEO      string  `yaml:"cameo"`      // CAMEO root code
}

// Scale is a way to score the rungs.
type Scale struct {
	Name  string            `yaml:"name"`
	About string            `yaml:"about"`
	Rungs []Rung            `yaml:"rungs"` // exactly Rungs entries, R0 first
	Codes map[string]string `yaml:"codes"` // coded event → rung code
}

//go:embed scales/*.yaml
var files embed.FS

var scales = loadAll()

// Names lists the shipped scales, sorted.
func Names() []string {
	out := make([]string, 0, len(scales))
	for name := range scales {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// Named returns a shipped scale.
func Named(name string) (*Scale, error) {
	s, ok := scales[name]
	if !ok {
		return nil, fmt.Errorf("unknown scale %q; shipped: %s", name, strings.Join(Names(), ", "))
	}
	return s, nil
}

// Parse reads a scale file and checks it.
func Parse(data []byte) (*Scale, error) {
	var s Scale
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil {
		return nil, fmt.Errorf("scale: %w", err)
	}
	return &s, s.check()
}

func (s *Scale) check() error {
	if len(s.Rungs) != Rungs {
		return fmt.Errorf("scale %s: %d rungs, want %d (R0 to R9)", s.Name, len(s.Rungs), Rungs)
	}
	for i, r := range s.Rungs {
		if want := fmt.Sprintf("R%d", i); r.Code != want {
			return fmt.Errorf("scale %s: rung %d has code %q, want %s", s.Name, i, r.Code, want)
		}
		if i > 0 && r.Level <= s.Rungs[i-1].Level {
			return fmt.Errorf("scale %s: level %v of %s is not above %v of %s", s.Name, r.Level, r.Code, s.Rungs[i-1].Level,
				s.Rungs[i-1].Code)
		}
		for _, x := range [...]float64{r.Level, r.Visibility, r.Cost} {
			if !(x >= 0 && x <= 1) {
				return fmt.Errorf("scale %s: %s has a value outside 0 to 1", s.Name, r.Code)
			}
		}
	}
	for code, rung := range s.Codes {
		if _, err := Index(rung); err != nil {
			return fmt.Errorf("scale %s: code %s: %w", s.Name, code, err)
		}
	}
	return nil
}

// Rung returns the rung on which a coded event stands.
func (s *Scale) Rung(code string) (int, error) {
	rung, ok := s.Codes[code]
	if !ok {
		known := make([]string, 0, len(s.Codes))
		for c := range s.Codes {
			known = append(known, c)
		}
		sort.Strings(known)
		return 0, fmt.Errorf("scale %s knows no code %q; it knows %s", s.Name, code, strings.Join(known, ", "))
	}
	return Index(rung)
}

// Index converts a rung code, R0 to R9, to its number.
func Index(code string) (int, error) {
	if len(code) == 2 && code[0] == 'R' && code[1] >= '0' && code[1] <= '9' {
		return int(code[1] - '0'), nil
	}
	return 0, fmt.Errorf("%q is no rung; write R0 to R9", code)
}

func loadAll() map[string]*Scale {
	entries, err := files.ReadDir("scales")
	if err != nil {
		panic(err)
	}
	out := map[string]*Scale{}
	for _, e := range entries {
		data, err := files.ReadFile("scales/" + e.Name())
		if err != nil {
			panic(err)
		}
		s, err := Parse(data)
		if err != nil {
			panic("ladder: shipped file " + e.Name() + ": " + err.Error())
		}
		out[s.Name] = s
	}
	return out
}
