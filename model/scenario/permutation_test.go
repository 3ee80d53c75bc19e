package scenario

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
)

// sameBut compares scenarios without line numbers; arms are compared by name.
var sameBut = cmp.Options{
	cmp.AllowUnexported(Scenario{}, override{}),
	cmpopts.IgnoreFields(Slot{}, "Line"),
	cmpopts.IgnoreFields(Expectation{}, "Line"),
	cmp.Transformer("byName", func(arms []Arm) map[string]Levers {
		out := map[string]Levers{}
		for _, a := range arms {
			out[a.Name] = a.Levers
		}
		return out
	}),
}

// TestPermutation shuffles every mapping and every list of named items: the
// scenario stays the same.
func TestPermutation(t *testing.T) {
	want := mustLoad(t, full(t))
	for seed := range uint64(50) {
		shuffled := shuffle(t, full(t), rand.New(rand.NewPCG(seed, 1)))
		if diff := cmp.Diff(want, mustLoad(t, shuffled), sameBut); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s\n%s", seed, diff, shuffled)
		}
	}
}

func TestPermutationKeepsArmOrder(t *testing.T) {
	swapped := strings.Replace(full(t), "  with-forum: {}\n", "", 1)
	swapped = strings.Replace(swapped, "arms:\n", "arms:\n  with-forum: {}\n", 1)
	v := mustLoad(t, swapped)
	if v.Arms[0].Name != "with-forum" || v.Arms[1].Name != "without-forum" {
		t.Errorf("arms %s, %s", v.Arms[0].Name, v.Arms[1].Name)
	}
}

func shuffle(t *testing.T, data string, r *rand.Rand) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Load([]byte(data), &doc); err != nil {
		t.Fatal(err)
	}
	var walk func(n *yaml.Node, key string)
	walk = func(n *yaml.Node, key string) {
		switch n.Kind {
		case yaml.MappingNode:
			pairs := len(n.Content) / 2
			r.Shuffle(pairs, func(i, j int) {
				n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
				n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
			})
			for i := 0; i < len(n.Content); i += 2 {
				walk(n.Content[i+1], n.Content[i].Value)
			}
			return
		case yaml.SequenceNode:
			// The order of times and of things to try means something.
			if !slices.Contains([]string{"piece_times", "try", "sources"}, key) {
				r.Shuffle(len(n.Content), func(i, j int) { n.Content[i], n.Content[j] = n.Content[j], n.Content[i] })
			}
		}
		for _, c := range n.Content {
			walk(c, "")
		}
	}
	walk(&doc, "")
	out, err := yaml.Dump(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
