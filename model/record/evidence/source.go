package evidence

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
)

const assumption = "assumption:"

var (
	remark    = regexp.MustCompile(`\([^()]*\)`)
	separator = regexp.MustCompile(`[,;]|\s+(?:with|and)\s+`)
)

// CheckSource checks the source of a number: shipped keys separated by commas or semicolons, then
// perhaps assumption: and why, up to the end. Remarks in parentheses are skipped. A section of the
// targets ("targets section 1") or of the model ("model: section 9") is a key too.
func CheckSource(text string) error {
	keys, why, assumed := strings.Cut(text, assumption)
	if assumed && strings.TrimSpace(why) == "" {
		return fmt.Errorf("%q gives no reason for its assumption", text)
	}
	keys = strings.TrimSpace(remark.ReplaceAllString(keys, ""))
	if assumed {
		if keys == "" {
			return nil
		}
		before, ok := strings.CutSuffix(keys, ";")
		if !ok {
			return fmt.Errorf("%q needs a semicolon before %s", text, assumption)
		}
		keys = before
	}
	for _, key := range separator.Split(keys, -1) {
		key = strings.TrimSpace(key)
		if Known(key) || strings.HasPrefix(key, "targets section ") || strings.HasPrefix(key, "model: ") {
			continue
		}
		keys := make([]string, 0, len(All()))
		for _, e := range All() {
			keys = append(keys, e.Key)
		}
		if near, ok := nearest.Word(bare(key), keys); ok {
			return fmt.Errorf("unknown source %q; did you mean %s?", key, near)
		}
		return fmt.Errorf("unknown source %q; name an event, accusation, case, target, pattern or reference, or write %s "+
			"and why", key, assumption)
	}
	return nil
}
