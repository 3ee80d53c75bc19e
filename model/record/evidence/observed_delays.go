package evidence

// known lists the cases that are public at the cut and count.
func (v *view) known() []Delay {
	var out []Delay
	for _, d := range v.t.Delays {
		public := d.Public()
		if v.counts(d.Checked) && !public.IsZero() && v.knows(public.Last()) {
			out = append(out, d)
		}
	}
	return out
}

// medianDelay is the median of a delay over the known cases that give both its dates.
func (v *view) medianDelay(of func(*Delay) (from, to Date)) Observed {
	var delays []float64
	var rows []string
	for _, d := range v.known() {
		if from, to := of(&d); !from.IsZero() && !to.IsZero() {
			delays, rows = append(delays, days(from, to)), append(rows, d.ID)
		}
	}
	return ofMedian("", delays, rows)
}

// startToDetection is T9: espionage, from the start of an operation to its detection.
func startToDetection(v *view) []Observed {
	return []Observed{v.medianDelay(func(d *Delay) (from, to Date) {
		if d.Intent != "espionage" {
			return Date{}, Date{}
		}
		return d.Start, d.Detected
	})}
}

// detectionToDisclosure is T32.
func detectionToDisclosure(v *view) []Observed {
	return []Observed{v.medianDelay(func(d *Delay) (from, to Date) { return d.Detected, d.Disclosed })}
}

// detectionToAttribution is T10: the median of the cases that were attributed, and
// beside it the Kaplan–Meier median, to which the others contribute as long as they
// went without. The first is short because it leaves them out.
func detectionToAttribution(v *view) []Observed {
	var delays []float64
	var lives []lifetime
	var rows, all []string
	for _, d := range v.known() {
		if d.Detected.IsZero() {
			continue
		}
		all = append(all, d.ID)
		if !d.Attributed.IsZero() && v.knows(d.Attributed.Last()) {
			x := days(d.Detected, d.Attributed)
			delays, lives, rows = append(delays, x), append(lives, lifetime{x, true}), append(rows, d.ID)
			continue
		}
		last := d.Censored
		if !v.cut.IsZero() && (last.IsZero() || last.First().After(v.cut)) {
			last = Date{v.cut.Format("2006-01-02"), "day"}
		}
		lives = append(lives, lifetime{days(d.Detected, last), false})
	}
	return []Observed{ofMedian("", delays, rows), ofSurvival("with the cases that nobody attributed, censored", lives, all)}
}
