package evidence

// Target is a statistic of the record that a simulation is compared with.
type Target struct {
	ID        string
	Statistic string
	Unit      string
	Value     float64
	Low, High float64 // 95 % range where counts give one, else judged; see HasHigh
	HasHigh   bool    // false: Low is a one-sided bound
	N         int     // cases behind it
	Use       string  // one of [Uses]
	Source    string
	Note      string
}

// Uses says what a target is for.
var Uses = map[string]string{
	"C": "calibration",
	"P": "plausibility: shown beside the simulation, fitted to nothing",
	"E": "echo: an input of the model that comes back out, counted apart",
	"N": "no such event in the model, listed only",
}

// Pattern is a qualitative regularity that the model must reproduce; its
// thresholds are in scenarios/patterns.yaml.
type Pattern struct{ ID, Says string }

var (
	targets  = readTargets()
	patterns = readPatterns()
)

// Targets returns the target statistics in the order of their keys. The slice
// must not be changed.
func Targets() []Target { return targets }

// Patterns returns the patterns in the order of their keys. The slice must not be
// changed.
func Patterns() []Pattern { return patterns }

func readTargets() []Target {
	var out []Target
	for _, r := range read("targets.csv", "id,statistic,unit,value,low,high,n,use,source,note") {
		t := Target{ID: r["id"], Statistic: r["statistic"], Unit: r["unit"], Use: r["use"], Source: r["source"], Note: r["note"]}
		t.Value, _ = r.number("value")
		t.Low, _ = r.number("low")
		t.High, t.HasHigh = r.number("high")
		n, _ := r.number("n")
		t.N = int(n)
		out = append(out, t)
	}
	return out
}

func readPatterns() []Pattern {
	var out []Pattern
	for _, r := range read("patterns.csv", "id,says") {
		out = append(out, Pattern{r["id"], r["says"]})
	}
	return out
}
