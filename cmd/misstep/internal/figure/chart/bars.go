package chart

// ArmSpan is a value in an arm.
type ArmSpan struct {
	Arm
	Span
}

// levelStep is from the mark of an arm to that of the next [pt].
const levelStep = 9

// Levelled draws a value in each arm, one mark below the other around the middle of a box: the value of
// the first stands above its mark, that of the last, where it is another, below.
func (p *Page) Levelled(r Rect, s Scale, levels []ArmSpan, write func(float64) string) {
	for i, l := range levels {
		y, st := r.MiddleY()+Offset(i, len(levels), levelStep), Plain.Heavy().In(l.Color)
		base := y - 6
		if i > 0 {
			base = y + 6 + Ascent
		}
		if !l.Ok {
			p.Text(s.From+4, base, "n/a", Quiet)
			continue
		}
		l.Draw(p, s, y, l.Mark, l.Color)
		if text := write(l.Value); i == 0 || i == len(levels)-1 && text != write(levels[0].Value) {
			p.Over(r, s.At(l.Value), base, text, st)
		}
	}
}
