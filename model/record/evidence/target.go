package evidence

// Target is a statistic of the record that a simulation is compared with, as targets.csv quotes it; a
// test holds it against what [Tables.Compute] gives.
type Target struct {
	ID        string
	Statistic string
	Unit      string
	Value     float64
	Low, High float64 // 95 % range where counts give one, else judged; see HasHigh
	HasHigh   bool    // false: Low is a one-sided bound
	N         int     // cases behind it
	Use       string  // one of [Uses]
	From, To  int     // calendar years that the cases lie in
	Source    string
	Note      string
}

// Uses says what a target is for.
var Uses = Words[string]{map[string]string{
	"C": "calibration",
	"P": "plausibility: shown beside the simulation, fitted to nothing",
	"E": "echo: an input of the model that comes back out, counted apart",
	"N": "compared with nothing: no such event in the model, or a pattern or prior rests on it",
}}

// Pattern is a qualitative regularity that the model must reproduce; its
// thresholds are in model/record/patterns.
type Pattern struct{ ID, Says string }

// Targets returns the target statistics in the order of their keys. The slice
// must not be changed.
func Targets() []Target { return Shipped().Targets }

const targetColumns = "id,statistic,unit,value,low,high,n,use,from,to,source,note"

func readTarget(r *row) Target {
	t := Target{ID: r.id("T"), Statistic: r.Need("statistic"), Unit: r.Need("unit"), Use: oneOf(r, "use", Uses),
		N: r.Whole("n", 0, 1e6, 0), From: r.Whole("from", firstYear, lastYear, 0), To: r.Whole("to", firstYear, lastYear, 0),
		Source: r.cites("source"), Note: r.Get("note")}
	t.Value, _ = r.Number("value")
	t.Low, _ = r.Number("low")
	t.High, t.HasHigh = r.Number("high")
	return t
}
