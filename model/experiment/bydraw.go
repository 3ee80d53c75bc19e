package experiment

import (
	"encoding/binary"
	"iter"
	"math"
)

// ByDraw holds sums of one kind for every draw. One draw is open, as a T; the others are packed: of the
// thousands of numbers in a draw most are 0, and most of the rest are small counts.
type ByDraw[T any] struct {
	fresh func() sheet[T]
	open  sheet[T]
	at    int // that is open
	rows  [][]byte
}

func newByDraw[T any](draws int, fresh func() sheet[T]) *ByDraw[T] {
	return &ByDraw[T]{fresh: fresh, open: fresh(), rows: make([][]byte, draws)}
}

// Len is the number of draws.
func (b *ByDraw[T]) Len() int { return len(b.rows) }

// At opens a draw, and closes the one before: what At gave of that holds no longer.
func (b *ByDraw[T]) At(d int) *T {
	if d != b.at {
		b.rows[b.at] = b.open.pack()
		b.open.clear()
		b.open.unpack(b.rows[d])
		b.at, b.rows[d] = d, nil
	}
	return b.open.sums
}

// All are the sums of every draw, in order, for reading; each holds until the next.
func (b *ByDraw[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		page := b.fresh()
		for d, row := range b.rows {
			sums := b.open.sums
			if d != b.at {
				page.turn(row)
				sums = page.sums
			}
			if !yield(d, sums) {
				return
			}
		}
	}
}

// Total adds up all draws.
func (b *ByDraw[T]) Total() *T {
	total, page := b.fresh(), b.fresh()
	for d, row := range b.rows {
		if d == b.at {
			total.add(&b.open)
		} else {
			page.turn(row)
			total.add(&page)
		}
	}
	return total.sums
}

// add merges sums into those of a draw.
func (b *ByDraw[T]) add(d int, s *sheet[T]) {
	if d != b.at && b.rows[d] == nil {
		b.rows[d] = s.pack()
		return
	}
	b.At(d)
	b.open.add(s)
}

// sheet is a struct of sums with all its numbers in a row.
type sheet[T any] struct {
	sums    *T
	numbers []*float64
	set     []int // numbers that unpack set since the last turn
}

func newSheet[T any, P interface {
	*T
	numbers() []*float64
}](sums P) sheet[T] {
	return sheet[T]{sums: sums, numbers: sums.numbers()}
}

func (s *sheet[T]) clear() {
	s.set = s.set[:0]
	for _, x := range s.numbers {
		*x = 0
	}
}

func (s *sheet[T]) add(o *sheet[T]) {
	for i, x := range o.numbers {
		*s.numbers[i] += *x
	}
}

// What a packed row says of a number that is not 0, in the low bits of how many 0 stand before it: one of 1 to 14
// itself, that its bits follow, or that a whole number does.
const (
	codeBits  = 4
	codeFloat = 0
	codeWhole = 1<<codeBits - 1
)

// pack writes the numbers, nothing where all are 0.
func (s *sheet[T]) pack() []byte {
	var buffer [8192]byte
	out, zeros := buffer[:0], uint64(0)
	for _, number := range s.numbers {
		x := *number
		bits := math.Float64bits(x)
		if bits == 0 {
			zeros++
			continue
		}
		token := zeros << codeBits
		zeros = 0
		switch n := int64(x); {
		case float64(n) != x || n == 0 || n != n<<1>>1:
			out = binary.LittleEndian.AppendUint64(binary.AppendUvarint(out, token|codeFloat), bits)
		case 0 < n && n < codeWhole:
			out = binary.AppendUvarint(out, token|uint64(n))
		default:
			out = binary.AppendVarint(binary.AppendUvarint(out, token|codeWhole), n)
		}
	}
	return append([]byte(nil), out...)
}

// turn takes what pack wrote in the place of what it took before.
func (s *sheet[T]) turn(row []byte) {
	for _, i := range s.set {
		*s.numbers[i] = 0
	}
	s.set = s.set[:0]
	s.unpack(row)
}

// unpack takes what pack wrote; all numbers are 0.
func (s *sheet[T]) unpack(row []byte) {
	for at := 0; len(row) > 0; at++ {
		token, n := uint64(row[0]), 1
		if token >= 0x80 { // most are one byte
			token, n = binary.Uvarint(row)
		}
		row, at = row[n:], at+int(token>>codeBits)
		s.set = append(s.set, at)
		switch code := token & codeWhole; code {
		case codeFloat:
			*s.numbers[at] = math.Float64frombits(binary.LittleEndian.Uint64(row))
			row = row[8:]
		case codeWhole:
			x, n := binary.Varint(row)
			*s.numbers[at] = float64(x)
			row = row[n:]
		default:
			*s.numbers[at] = float64(code)
		}
	}
}
