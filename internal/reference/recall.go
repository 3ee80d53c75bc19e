package reference

// memo remembers what was worked out for each key. It is for functions of the scenario
// and the parameters alone, and the one thing done for speed.
type memo[K comparable, V any] map[K]V

// recall returns what work returned for the key before, or calls it.
func (m *memo[K, V]) recall(key K, work func() V) V {
	v, ok := (*m)[key]
	if !ok {
		if v = work(); *m == nil {
			*m = memo[K, V]{}
		}
		(*m)[key] = v
	}
	return v
}

// constants is what is remembered.
type constants struct {
	byPath     memo[[2]string, float64] // parameter and path
	suspectsOf memo[string, []string]
	cellsOf    memo[[2]string, []*stream] // victim and source, "" for all
	rowsOf     memo[[3]string, map[string]float64]
	framesOf   memo[[2]string, []string]
	shares     memo[[2]string, float64]
	mixes      memo[[2]string, float64] // stream and type
	repliesOf  memo[replyCase, float64]
	strengths  memo[[2]string, float64] // channel and mechanism
	piecesOf   memo[pieceSeen, float64]
	arrivals   memo[arrivalCase, float64]
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

// arrivalCase says what the next arrival of a stream depends on: how many there were, and how many changes.
type arrivalCase struct {
	stream           string
	arrived, changes int
}
