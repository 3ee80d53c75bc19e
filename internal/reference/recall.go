package reference

// recall returns what work returned for the key before, or calls it. It is for
// functions of the scenario and the parameters alone, and the one thing done for speed.
func recall[K comparable, V any](done map[K]V, key K, work func() V) V {
	v, ok := done[key]
	if !ok {
		v = work()
		done[key] = v
	}
	return v
}

// constants is what recall remembers.
type constants struct {
	values    map[[2]string]float64 // parameter and entity
	byPath    map[[2]string]float64 // parameter and path
	suspects  map[string][]string
	cells     map[[2]string][]*stream // victim and source, "" for all
	rows      map[[3]string]map[string]float64
	frames    map[[2]string][]string
	shares    map[[2]string]float64
	mixes     map[[2]string]float64 // stream and type
	replies   map[replyCase]float64
	strengths map[[2]string]float64 // channel and mechanism
	pieces    map[pieceSeen]float64
}

type replyCase struct {
	state, type_ string
	rung         int
	full         bool // tension
}

// pieceSeen is all that the likelihood of a piece under a stream depends on.
type pieceSeen struct {
	stream, indicated string
	signal            int
	alarm, missed     float64
}

func newConstants() constants {
	return constants{map[[2]string]float64{}, map[[2]string]float64{}, map[string][]string{}, map[[2]string][]*stream{},
		map[[3]string]map[string]float64{}, map[[2]string][]string{}, map[[2]string]float64{}, map[[2]string]float64{},
		map[replyCase]float64{}, map[[2]string]float64{}, map[pieceSeen]float64{}}
}
