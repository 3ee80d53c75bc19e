package experiment

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// pieceMark begins every piece; its last byte is the version of the layout.
const pieceMark = "msp\x01"

// Piece plays a block of the plan and returns what it brings as bytes, for [Sums.Take] of sums of the same plan,
// here or elsewhere. The sums stay as they are, so that several callers may play pieces of them at once. It ends as
// [Fold] does. What looks on beside the sums has to be a [Packer], or they are refused. Who is beside sees the block,
// too, and what it keeps is the caller's: it is in no piece.
func (s *Sums) Piece(ctx context.Context, b Block, beside ...Visitor) ([]byte, error) {
	if err := s.pieces(b); err != nil {
		return nil, err
	}
	v := s.newVisitor()
	v.beside = append(v.beside, beside...)
	if err := (&player{plan: s.bare(), draw: -1}).play(ctx, b, v); err != nil {
		return nil, err
	}
	return v.pack(b), nil
}

// Take folds the bytes of a piece as [Sums.Extend] folds what it plays: once all blocks of the plan are taken, in
// the order of [Plan.Blocks], the sums are those of the whole run, bit for bit. A piece that is damaged, of another
// plan or another block, or that comes out of turn is refused, and the sums stay as they were.
func (s *Sums) Take(b Block, piece []byte) error {
	if err := s.pieces(b); err != nil {
		return err
	}
	if next, ok := s.Plan.block(s.taken); !ok || b != next {
		return fmt.Errorf("%s comes out of turn; take the blocks of the plan in their order, each once", b)
	}
	v := s.newVisitor()
	if err := v.unpack(b, piece); err != nil {
		return fmt.Errorf("the piece of %s cannot be read: %w", b, err)
	}
	s.take(b, v)
	s.taken++
	return nil
}

// Packer looks on beside sums, and what its visitors have seen of a block travels with the piece.
type Packer interface {
	Beside
	Pack(Visitor) []byte
	Unpack(Visitor, []byte) error // into one that has seen nothing; what is none of its bytes is an error
}

// Whole reports whether [Sums.Take] has taken every block of the plan.
func (s *Sums) Whole() bool {
	_, more := s.Plan.block(s.taken)
	return !more
}

// String names a block in messages.
func (b Block) String() string {
	return fmt.Sprintf("block %d to %d of draw %d", b.From, b.To, b.Draw)
}

// pieces says why a block of these sums can neither be packed nor taken.
func (s *Sums) pieces(b Block) error {
	if err := s.Plan.Check(); err != nil {
		return err
	}
	for _, w := range s.Beside {
		if _, ok := w.(Packer); !ok {
			return fmt.Errorf("what looks on beside the sums (%T) is in no piece; leave it out", w)
		}
	}
	if b.Draw < 0 || b.Draw >= s.Plan.Draws || b.From < 0 || b.To <= b.From || b.To > s.Plan.Replicates {
		return fmt.Errorf("%s is none of the plan of %d draws × %d replicates", b, s.Plan.Draws, s.Plan.Replicates)
	}
	return nil
}

// bare is the plan without a memo.
func (s *Sums) bare() *Plan {
	p := s.Plan
	p.Memo = nil
	return &p
}

// block is the n-th of the plan's blocks, false after the last.
func (p *Plan) block(n int) (Block, bool) {
	size := p.blockSize()
	from := n / p.Draws * size
	return Block{Draw: n % p.Draws, From: from, To: min(from+size, p.Replicates)}, from < p.Replicates
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// pack writes a visitor that has seen a block: mark, what it is made of, the block, sums, the list of divergences,
// the lowest replicate that diverges, the instructive ones, and a checksum.
func (v *visitor) pack(b Block) []byte {
	out := binary.LittleEndian.AppendUint64([]byte(pieceMark), v.sums.made())
	for _, n := range []int{b.Draw, b.From, b.To} {
		out = binary.AppendUvarint(out, uint64(n))
	}
	row := func(packed []byte) {
		out = append(binary.AppendUvarint(out, uint64(len(packed))), packed...)
	}
	for i := range v.contrasts {
		row(v.contrasts[i].pack())
	}
	for a := range v.arms {
		row(v.arms[a].pack())
	}
	out = binary.AppendUvarint(out, uint64(len(v.diffs)))
	for _, t := range v.diffs {
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(t))
	}
	out = binary.AppendUvarint(binary.AppendVarint(out, int64(v.lowest)), uint64(len(v.inform)))
	for _, r := range v.inform {
		out = binary.AppendUvarint(out, uint64(r))
	}
	for i, w := range v.sums.Beside {
		row(w.(Packer).Pack(v.beside[i]))
	}
	return binary.LittleEndian.AppendUint32(out, crc32.Checksum(out, castagnoli))
}

// unpack takes what pack wrote into a visitor that has seen nothing.
func (v *visitor) unpack(b Block, piece []byte) error {
	const sum = 4
	if len(piece) < len(pieceMark)+8+sum || string(piece[:len(pieceMark)]) != pieceMark {
		return errors.New("it is no piece of this version")
	}
	body, end := piece[:len(piece)-sum], piece[len(piece)-sum:]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(end) {
		return errDamaged
	}
	r := &pieceReader{rest: body[len(pieceMark):]}
	if r.word() != v.sums.made() {
		return errors.New("it is of another plan")
	}
	if (Block{r.whole(), r.whole(), r.whole()}) != b {
		return errors.New("it is of another block")
	}
	for i := range v.contrasts {
		take(r, &v.contrasts[i])
	}
	for a := range v.arms {
		take(r, &v.arms[a])
	}
	v.unpackLists(b, r)
	for i, w := range v.beside {
		row := r.bytes(r.whole())
		if !r.bad && v.sums.Beside[i].(Packer).Unpack(w, row) != nil {
			r.bad = true
		}
	}
	if r.bad || len(r.rest) > 0 {
		return errDamaged
	}
	return nil
}

// unpackLists takes the lists at the end of a piece.
func (v *visitor) unpackLists(b Block, r *pieceReader) {
	for range r.length(b, 8) {
		t := math.Float64frombits(r.word())
		r.refuse(math.IsNaN(t) || math.IsInf(t, 0))
		v.diffs = append(v.diffs, t)
	}
	v.lowest = r.signed()
	r.refuse(v.lowest != -1 && (v.lowest < b.From || v.lowest >= b.To))
	for range r.length(b, 1) {
		v.inform = append(v.inform, r.whole())
	}
	r.refuse(!slices.IsSorted(v.inform))
	if n := len(v.inform); n > 0 {
		r.refuse(v.inform[0] < b.From || v.inform[n-1] >= b.To)
	}
}

var errDamaged = errors.New("its bytes are damaged")

// pieceReader reads a piece; once something is bad, it gives zeros.
type pieceReader struct {
	rest []byte
	bad  bool
}

func (r *pieceReader) refuse(bad bool) {
	if bad {
		r.bad, r.rest = true, nil
	}
}

func (r *pieceReader) word() (x uint64) {
	if r.refuse(len(r.rest) < 8); !r.bad {
		x, r.rest = binary.LittleEndian.Uint64(r.rest), r.rest[8:]
	}
	return x
}

func (r *pieceReader) whole() int {
	x, n := binary.Uvarint(r.rest)
	if r.refuse(n <= 0 || x > math.MaxInt32); r.bad {
		return 0
	}
	r.rest = r.rest[n:]
	return int(x)
}

func (r *pieceReader) signed() int {
	x, n := binary.Varint(r.rest)
	if r.refuse(n <= 0 || x < math.MinInt32 || x > math.MaxInt32); r.bad {
		return 0
	}
	r.rest = r.rest[n:]
	return int(x)
}

// length reads how many entries of so many bytes follow, at most one for each replicate of the block.
func (r *pieceReader) length(b Block, size int) int {
	n := r.whole()
	if r.refuse(n > b.To-b.From || n*size > len(r.rest)); r.bad {
		return 0
	}
	return n
}

// bytes reads the next n.
func (r *pieceReader) bytes(n int) (out []byte) {
	if r.refuse(n > len(r.rest)); !r.bad {
		out, r.rest = r.rest[:n], r.rest[n:]
	}
	return out
}

// take reads a packed row into a sheet of zeros.
func take[T any](r *pieceReader, s *sheet[T]) {
	row := r.bytes(r.whole())
	if r.refuse(!s.fits(row)); !r.bad {
		s.unpack(row)
	}
}

// fits reports whether pack can have written a row: whole, finite, and within the numbers of the sheet.
func (s *sheet[T]) fits(row []byte) bool {
	for at := 0; len(row) > 0; at++ {
		token, n := binary.Uvarint(row)
		if n <= 0 || token>>codeBits >= uint64(len(s.numbers)-at) {
			return false
		}
		row, at = row[n:], at+int(token>>codeBits)
		switch token & codeWhole {
		case codeFloat:
			if len(row) < 8 {
				return false
			}
			if x := math.Float64frombits(binary.LittleEndian.Uint64(row)); math.IsNaN(x) || math.IsInf(x, 0) {
				return false
			}
			row = row[8:]
		case codeWhole:
			if _, n = binary.Varint(row); n <= 0 {
				return false
			}
			row = row[n:]
		}
	}
	return true
}
