package say

import "fmt"

// Apart are labels that stay apart when they are cut: where two become one, each of these has its number in front;
// all have, where that is not enough.
func Apart(labels []string, cut func(string) string) []string {
	out := numbered(labels, alike(labels, cut))
	if again := alike(out, cut); again != nil {
		all := map[int]bool{}
		for i := range labels {
			all[i] = true
		}
		return numbered(labels, all)
	}
	return out
}

// ClippedApart shortens names to n letters, and keeps them apart.
func ClippedApart(names []string, n int) []string {
	clip := func(s string) string { return Clipped(s, n) }
	return Each(Apart(names, clip), clip)
}

// alike are the places of labels that become another one, nil for none.
func alike(labels []string, cut func(string) string) (out map[int]bool) {
	first := map[string]int{}
	for i, l := range labels {
		k, seen := first[cut(l)]
		if !seen {
			first[cut(l)] = i
			continue
		}
		if out == nil {
			out = map[int]bool{}
		}
		out[k], out[i] = true, true
	}
	return out
}

func numbered(labels []string, which map[int]bool) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		if out[i] = l; which[i] {
			out[i] = fmt.Sprintf("%d\u00a0%s", i+1, l)
		}
	}
	return out
}
