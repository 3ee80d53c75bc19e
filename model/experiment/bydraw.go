package experiment

import (
	"encoding/binary"
	"iter"
	"math"
	"reflect"
	"slices"
)

// ByDraw holds sums of one kind for every draw. One draw is open, as a T; the others are packed: of the
// thousands of numbers in a draw most are 0, and most of the rest are small counts.
type ByDraw[T any] struct {
	fresh func() *T
	open  sheet[T]
	at    int // that is open
	rows  [][]byte
}

func newByDraw[T any](draws int, fresh func() *T) *ByDraw[T] {
	return &ByDraw[T]{fresh: fresh, open: newSheet(fresh()), rows: make([][]byte, draws)}
}

// Len is the number of draws.
func (b *ByDraw[T]) Len() int { return len(b.rows) }

// At opens a draw, and closes the one before: what At gave of that holds no longer.
func (b *ByDraw[T]) At(d int) *T {
	if d != b.at {
		b.rows[b.at] = b.open.pack()
		b.open.unpack(b.rows[d])
		b.at, b.rows[d] = d, nil
	}
	return b.open.sums
}

// All are the sums of every draw, in order, for reading; each holds until the next.
func (b *ByDraw[T]) All() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		page := newSheet(b.fresh())
		for d, row := range b.rows {
			sums := b.open.sums
			if d != b.at {
				page.unpack(row)
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
	total, page := newSheet(b.fresh()), newSheet(b.fresh())
	for d, row := range b.rows {
		if d == b.at {
			total.add(&b.open)
		} else {
			page.unpack(row)
			total.add(&page)
		}
	}
	return total.sums
}

// add merges sums into those of a draw.
func (b *ByDraw[T]) add(d int, s *sheet[T]) {
	b.At(d)
	b.open.add(s)
}

// sheet is a struct of sums with all its numbers in a row.
type sheet[T any] struct {
	sums    *T
	numbers []*float64
}

func newSheet[T any](sums *T) sheet[T] {
	return sheet[T]{sums, numbersOf(reflect.ValueOf(sums).Elem(), nil)}
}

// numbersOf finds the exported numbers of sums, in the order of their declaration.
func numbersOf(v reflect.Value, out []*float64) []*float64 {
	switch v.Kind() {
	case reflect.Float64:
		return append(out, v.Addr().Interface().(*float64))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = numbersOf(v.Field(i), out)
			}
		}
	case reflect.Array, reflect.Slice:
		if xs, ok := v.Slice(0, v.Len()).Interface().([]float64); ok {
			for i := range xs {
				out = append(out, &xs[i])
			}
			return out
		}
		for i := range v.Len() {
			out = numbersOf(v.Index(i), out)
		}
	}
	return out
}

func (s *sheet[T]) clear() {
	for _, x := range s.numbers {
		*x = 0
	}
}

func (s *sheet[T]) add(o *sheet[T]) {
	for i, x := range o.numbers {
		*s.numbers[i] += *x
	}
}

// pack writes the numbers that are not 0, each as how many 0 stand before it, and twice a whole number, zig-zag
// as varints are, or 1 and the bits of any other.
func (s *sheet[T]) pack() []byte {
	var buffer [1024]byte
	out, zeros := buffer[:0], uint64(0)
	for _, x := range s.numbers {
		bits := math.Float64bits(*x)
		if bits == 0 {
			zeros++
			continue
		}
		out = binary.AppendUvarint(out, zeros)
		zeros = 0
		if n := int64(*x); math.Float64bits(float64(n)) == bits && n == n<<2>>2 {
			out = binary.AppendVarint(out, n<<1)
		} else {
			out = binary.LittleEndian.AppendUint64(append(out, 2), bits)
		}
	}
	return slices.Clone(out)
}

// unpack takes what pack wrote.
func (s *sheet[T]) unpack(row []byte) {
	s.clear()
	for at := 0; len(row) > 0; at++ {
		zeros, n := binary.Uvarint(row)
		row, at = row[n:], at+int(zeros)
		whole, n := binary.Varint(row)
		if row = row[n:]; whole != 1 {
			*s.numbers[at] = float64(whole >> 1)
		} else {
			*s.numbers[at] = math.Float64frombits(binary.LittleEndian.Uint64(row))
			row = row[8:]
		}
	}
}
