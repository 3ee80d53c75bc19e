package experiment

// numbers are all that is added up, in a row; what is left out is neither cleared nor added nor kept.
func (c *ContrastSums) numbers() []*float64 {
	out := make([]*float64, 0, 16*(len(c.Measures)+len(c.By))+2*(len(c.Flips)+len(c.ByFlips))+512)
	for i := range c.Measures {
		out = append(c.Measures[i].numbers(out), &c.Flips[i].Added, &c.Flips[i].Removed)
	}
	for i := range c.By {
		out = append(c.By[i].numbers(out), &c.ByFlips[i].Added, &c.ByFlips[i].Removed)
	}
	out = append(out, &c.Joint.N, &c.Common, &c.Divergent)
	return places(out, c.Joint.Sum, c.Joint.Sq, c.Break[:], c.Public[:], c.Meet[:])
}

func (s *ArmSums) numbers() []*float64 {
	out := s.Series.numbers(make([]*float64, 0, 4096))
	out = append(out, &s.N, &s.Known, &s.Brier, &s.Suspects, &s.Forum.Sum, &s.Forum.Sq)
	out = places(out, s.Need[:], s.NeedUp[:], s.Tension)
	for i := range s.Bins {
		out = places(out, s.Bins[i][:])
	}
	for _, moments := range [][]Moments{s.Peaks[:], s.PerCase[:], s.Levels[:]} {
		for i := range moments {
			out = moments[i].numbers(out)
		}
	}
	for _, moments := range [][]Moment{s.Uptime, s.Counts[:]} {
		for i := range moments {
			out = append(out, &moments[i].Sum, &moments[i].Sq)
		}
	}
	return s.AtNeed.numbers(out)
}

func (s *Series) numbers(out []*float64) []*float64 {
	for c := range s.First {
		for k := range s.First[c] {
			out = places(out, s.First[c][k][:])
		}
		out = places(out, s.Cut[c][:], s.Expected[c][:])
	}
	for i := range s.Stood {
		out = places(out, s.Stood[i][:])
	}
	return places(out, s.ExpTotal[:], s.ExpSq[:])
}

func (m *Moments) numbers(out []*float64) []*float64 {
	return places(append(out, &m.N), m.Sum[:], m.Sq[0][:], m.Sq[1][1:], m.Sq[2][2:], m.Sq[3][3:])
}

// places appends where numbers are.
func places(out []*float64, lists ...[]float64) []*float64 {
	for _, xs := range lists {
		for i := range xs {
			out = append(out, &xs[i])
		}
	}
	return out
}
