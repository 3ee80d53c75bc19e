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
// than a binary one; it keeps its memory between replicates.
type queue struct{ heap []event }

func (q *queue) len() int { return len(q.heap) }

func (q *queue) push(e event) {
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

func (q *queue) pop() event {
	h := q.heap
	top := h[0]
	n := len(h) - 1
	last := h[n]
	h = h[:n]
	q.heap = h
	if n == 0 {
		return top
	}
	i := 0
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
		if !h[least].before(&last) {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = last
	return top
}
