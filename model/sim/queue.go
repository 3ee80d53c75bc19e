package sim

// event is an entry of the queue. Ties in time are broken by kind, then by the
// hash of the entity: never by order of insertion.
type event struct {
	time    float64
	tie     uint64
	id      int32 // incident, stream, channel, shock …
	version uint32
	kind    kind
}

func (e *event) before(o *event) bool {
	if e.time != o.time {
		return e.time < o.time
	}
	if e.kind != o.kind {
		return e.kind < o.kind
	}
	return e.tie < o.tie
}

// queue is a heap of four children a node, which compares more and moves less
// than a binary one; it keeps its memory between replicates. What is taken leaves
// a hole at the root, since most events bring the next of their kind: that sinks from
// there, in place of the last sinking first and the next rising after it.
type queue struct {
	heap []event
	hole bool // heap[0] was taken
}

// clear empties the queue.
func (q *queue) clear() { q.heap, q.hole = q.heap[:0], false }

// copyFrom makes the queue a copy of another.
func (q *queue) copyFrom(o *queue) {
	q.heap, q.hole = append(q.heap[:0], o.heap...), o.hole
}

func (q *queue) len() int {
	if q.hole {
		return len(q.heap) - 1
	}
	return len(q.heap)
}

func (q *queue) push(e event) {
	if q.hole {
		q.hole = false
		sink(q.heap, e)
		return
	}
	q.heap = append(q.heap, e)
	h := q.heap
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 4
		if !e.before(&h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = e
}

// next is the earliest event, which stays; nil where there is none. It is valid until
// the queue changes.
func (q *queue) next() *event {
	if q.hole {
		q.hole = false
		n := len(q.heap) - 1
		last := q.heap[n]
		if q.heap = q.heap[:n]; n > 0 {
			sink(q.heap, last)
		}
	}
	if len(q.heap) == 0 {
		return nil
	}
	return &q.heap[0]
}

// pop takes the earliest event. There has to be one.
func (q *queue) pop() event {
	e := *q.next()
	q.hole = true
	return e
}

// sink puts an event into the hole at the root of a heap.
func sink(h []event, e event) {
	i, n := 0, len(h)
	for {
		first := 4*i + 1
		if first >= n {
			break
		}
		least := first
		for c := first + 1; c < min(first+4, n); c++ {
			if h[c].before(&h[least]) {
				least = c
			}
		}
		if !h[least].before(&e) {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = e
}
