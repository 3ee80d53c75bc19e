package evidence

// Covert is a figure on what is seldom seen: covert and disruptive answers, diplomats expelled.
// It counts what became known, which is less than what was done.
type Covert struct {
	ID        string
	Statistic string
	Unit      string
	Value     float64
	Low, High float64 // where HasRange
	HasRange  bool
	N         int    // cases behind it; −1: not known
	Use       string // one of [CovertUses]
	From, To  int    // calendar years
	Parties   string // separated by "; "
	Certainty string // one of [Certainties]
	Note      string
	Source    string
	Checked   string // one of [Checks]
}

// CovertUses are the [Uses], and two that a target does not have.
var CovertUses = Words[string]{map[string]string{
	"C":        Uses.Means("C"),
	"P":        Uses.Means("P"),
	"N":        Uses.Means("N"),
	"transfer": "of another pair: a guess at what this one might do",
	"shock":    "an answer to something outside cyberspace, or one blow: no rate",
}}

const covertColumns = "id,statistic,unit,value,low,high,n,use,from,to,parties,certainty,note,source,checked"

func readCovert(r *row) Covert {
	c := Covert{ID: r.id("CV"), Statistic: r.Need("statistic"), Unit: r.Need("unit"), N: r.Whole("n", 0, 1e6, -1),
		Use:  oneOf(r, "use", CovertUses),
		From: r.Whole("from", oldYear, lastYear, 0), To: r.Whole("to", oldYear, lastYear, 0),
		Parties: r.Need("parties"), Certainty: r.Word("certainty", Certainties...), Note: r.Get("note")}
	c.Checked, c.Source = r.backed()
	value, low := false, false
	c.Value, value = r.Number("value")
	c.Low, low = r.Number("low")
	c.High, c.HasRange = r.Number("high")
	switch {
	case !value:
		r.Say("value", "has no number; write one")
	case low != c.HasRange:
		r.Say("high", "a range needs both ends; write low and high, or neither")
	case c.HasRange && (c.Low > c.Value || c.High < c.Value):
		r.Say("value", "lies outside its range; correct one of the three")
	case c.From == 0 || c.To < c.From:
		r.Say("to", "the years have no order; write the first in from and the last in to")
	}
	return c
}
