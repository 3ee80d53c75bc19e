package calibrate

import (
	"math"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
)

// The observation model: a data set holds an incident if it became public, if the public record names
// China, if somebody coded it, and before the data set was closed. Chance and lag of coding are
// inferred with the rest.

// DataSet is a source of counts that cannot ship; its figures are cited.
type DataSet struct {
	Name     string
	Path     string // coordinate of its chance of recording
	From, To int    // years of start that its figures cover here, inclusive
	Closed   int    // the first day of this year: later coding is not in the version used
}

// The data sets. Their yearly averages of all years are used for those from 2013 on. DCID 2.0 ends with
// 2020 and was coded until 2022; EuRepoC 1.3 is used to 2023.
var (
	DCID    = DataSet{Name: "DCID 2.0", Path: "record.dcid", From: 2013, To: 2020, Closed: 2023}
	EuRepoC = DataSet{Name: "EuRepoC 1.3", Path: "record.eurepoc", From: 2013, To: 2023, Closed: 2025}
)

const lagPath = "record.lag"

// observationNumbers are the uncertain numbers of the record itself. Assumption: two careful
// collections disagree by half on the same years, so either may miss most of what became public; coding
// trails publicity by one to two years.
func observationNumbers() []Coordinate {
	days, err := param.FromInterval(180, 900, 0.9, param.Span)
	if err != nil {
		panic(err) // the numbers stand here
	}
	days.Text = "180d to 900d"
	chance := param.Dist{Family: param.Uniform, A: 0.3, B: 1, Text: "uniform(0.3, 1)"}
	return []Coordinate{
		{Path: DCID.Path, Dist: chance, Unit: "–", Param: -1, walk: -1},
		{Path: EuRepoC.Path, Dist: chance, Unit: "–", Param: -1, walk: -1},
		{Path: lagPath, Dist: days, Unit: "d", Param: -1, walk: -1},
	}
}

// Register is what a data set holds of a record.
type Register struct {
	Starts     []float64 // [d] of the incidents it holds, in order of discovery
	Severities []float64
	Espionage  int
	Attributed int // by a government
}

// named reports whether the public record names China: a government did, or whoever
// published leaned on what the victim believed.
func (k *Incident) named() bool { return k.Belief >= 0.5 }

// code fills the register with what the data set holds of a record. chance is its probability of
// coding, lag the mean lag; first is 1 January of the first year covered, end that after the last,
// closed the day of closing, all [d] from the history's start. Chance is addressed by incident.
func (g *Register) code(r *Record, rep *random.Replicate, set int, chance, lag, first, end, closed float64) {
	g.Starts, g.Severities, g.Espionage, g.Attributed = g.Starts[:0], g.Severities[:0], 0, 0
	closed = math.Min(closed, r.Until)
	for i := range r.Incidents {
		k := &r.Incidents[i]
		if k.Start < first || k.Start >= end || math.IsInf(k.Disclosed, 1) || !k.named() {
			continue
		}
		key := random.Stream(k.entity, random.Recording)
		coded := k.Disclosed + float64(lag*rep.Exponential(key, 2*set))
		if coded > closed || rep.Uniform(key, 2*set+1) >= chance {
			continue
		}
		g.Starts = append(g.Starts, k.Start)
		g.Severities = append(g.Severities, k.Severity)
		if k.Intent == 0 {
			g.Espionage++
		}
		if k.Accused <= closed {
			g.Attributed++
		}
	}
}

// ordinals of the recording stream that belong to no data set
const britishOrdinal = 16

// British reports whether the United Kingdom joined an accusation of the American history, one of the
// partners, who join alike.
func British(a *Accusation, rep *random.Replicate) bool {
	return a.Partners > 0 &&
		rep.Uniform(random.Stream(a.entity, random.Recording), britishOrdinal)*britishPartners < float64(a.Partners)
}
