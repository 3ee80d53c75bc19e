package experiment

import "reflect"

// Memory is how much the sums of a plan with a scenario take [bytes]. A run takes about three
// times as much, since it is played again beside: under the other coupling and with numbers held.
func (p *Plan) Memory() int {
	one := *p
	one.Draws = 1
	d := &NewSums(one).Draws[0]
	size := sizeOf[DrawSums]()
	for i := range d.Arms {
		a := &d.Arms[i]
		size += sizeOf[ArmSums]() + cap(a.Uptime)*sizeOf[Moment]()
	}
	for i := range d.Contrasts {
		c := &d.Contrasts[i]
		size += sizeOf[ContrastSums]() + (cap(c.Measures)+cap(c.By))*sizeOf[Moments]() +
			2*(cap(c.Flips)+cap(c.ByFlips))*sizeOf[float64]() + (cap(c.Joint.Sum)+cap(c.Joint.Sq))*sizeOf[float64]()
	}
	return size * p.Draws
}

func sizeOf[T any]() int { return int(reflect.TypeFor[T]().Size()) }
