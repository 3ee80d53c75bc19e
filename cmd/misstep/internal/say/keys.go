package say

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model/record/evidence"
)

// KeyPart finds what looks like a key, or a range of them: E001, T5, FB01, G01 to G27,
// Buchanan2016.
var KeyPart = regexp.MustCompile(`\b([A-Z]{1,2})([0-9]+)(?: to ([A-Z]{1,2})([0-9]+))?\b|\b[A-Z][A-Za-z]+[12][0-9]{3}[a-z]?\b`)

// KeysIn lists the keys that a source names and that exist, in its order, once each.
// The reason of an assumption is words, and not searched.
func KeysIn(source string) []string {
	source, _, _ = strings.Cut(source, "assumption:")
	var out []string
	add := func(key string) {
		if evidence.Known(key) && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, m := range KeyPart.FindAllStringSubmatch(source, -1) {
		if m[3] == "" || m[1] != m[3] {
			add(strings.TrimSpace(strings.SplitN(m[0], " to ", 2)[0]))
			continue
		}
		from, _ := strconv.Atoi(m[2])
		until, _ := strconv.Atoi(m[4])
		for n := from; n <= min(until, from+999); n++ {
			add(fmt.Sprintf("%s%0*d", m[1], len(m[2]), n))
		}
	}
	return out
}
