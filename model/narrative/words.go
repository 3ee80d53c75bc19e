package narrative

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/misstep/misstep/model/ladder"
)

// does says what a step is, wouldHave what it would have been; W stands for whom
// it is aimed at.
var does = [ladder.Rungs]string{
	"lets it pass",
	"protests to W in private",
	"warns W in private of a consequence",
	"names W in public",
	"names W in public, together with others",
	"names W in public, with charges or sanctions",
	"cuts relations with W: expulsions, closures or trade measures",
	"strikes back at W in secret, reversibly",
	"disrupts something important in W",
	"moves or uses forces against W",
}

var wouldHave = [ladder.Rungs]string{
	"let it pass",
	"protested in private",
	"warned W in private",
	"named W in public",
	"named W in public, together with others",
	"named W in public, with charges or sanctions",
	"cut relations with W",
	"struck back in secret",
	"disrupted something important in W",
	"moved or used forces",
}

// intents say what an incident is for.
var intents = map[string]string{
	"espionage":      "to spy",
	"prepositioning": "to prepare for disruption",
	"disruption":     "to disrupt",
	"crime":          "for money",
}

func rung(words *[ladder.Rungs]string, r int, whom string) string {
	return strings.ReplaceAll(words[r], "W", The(whom)) + fmt.Sprintf(" (R%d)", r)
}

// percent writes a probability, without pretending to certainty.
func percent(p float64) string {
	switch x := 100 * p; {
	case x > 0 && x < 1:
		return "under 1 %"
	case x < 100 && x > 99:
		return "over 99 %"
	default:
		return fmt.Sprintf("%.0f %%", x)
	}
}

// surely writes a belief, which is never certain though a float may be.
func surely(p float64) string { return percent(min(max(p, 0.0001), 0.9999)) }

// Day writes a date as people read it: 3 May 2028.
func (s *Story) Day(day float64) string {
	return s.Start.Add(time.Duration(day * float64(24*time.Hour))).UTC().Format("2 Jan 2006")
}

// span writes a number of days.
func span(days float64) string {
	switch {
	case days < 1:
		return "the same day"
	case days < 2:
		return "a day later"
	case days < 60:
		return fmt.Sprintf("%.0f days later", days)
	case days < 700:
		return fmt.Sprintf("%.0f months later", days/30.44)
	default:
		return fmt.Sprintf("%.1f years later", days/365.25)
	}
}

// The writes a name as it stands in a sentence: the United Kingdom, third states.
func The(name string) string {
	for _, plural := range []string{"United ", "Netherlands", "Philippines"} {
		if strings.HasPrefix(name, plural) {
			return "the " + name
		}
	}
	if name == strings.ToLower(name) {
		return strings.ReplaceAll(name, "-", " ")
	}
	return name
}

// begin makes a sentence begin with a capital letter.
func begin(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// kind says what a state is in this replicate.
func kind(statusQuo bool) string {
	if statusQuo {
		return "content with the status quo"
	}
	return "out to change the status quo"
}

// list joins words as people do.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// signed writes a share that may be negative.
func signed(x float64) string {
	if x < 0 {
		return "−" + percent(math.Abs(x))
	}
	return percent(x)
}
