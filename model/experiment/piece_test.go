package experiment

import (
	"context"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
)

// piecesOf plays every block of a plan as a piece.
func piecesOf(t testing.TB, p Plan) (blocks []Block, pieces [][]byte) {
	t.Helper()
	s := NewSums(p)
	blocks = p.Blocks(0, p.Replicates)
	for _, b := range blocks {
		piece, err := s.Piece(context.Background(), b)
		if err != nil {
			t.Fatal(err)
		}
		pieces = append(pieces, piece)
	}
	return blocks, pieces
}

func TestTakingAllPiecesIsTheRun(t *testing.T) {
	p := plan(t, 3, 90)
	p.BlockSize = 40
	blocks, pieces := piecesOf(t, p)
	got, all := NewSums(p), run(t, p, 2)
	for i, b := range blocks {
		if got.Whole() {
			t.Fatalf("the sums are whole before %s", b)
		}
		if err := got.Take(b, pieces[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !got.Whole() {
		t.Error("the sums are not whole")
	}
	if len(all.FirstDiff) == 0 || all.Lowest.Draw < 0 || len(all.Instructive) == 0 {
		t.Fatal("the run has no divergences, and tests nothing of them")
	}
	if asText(t, got) != asText(t, all) {
		t.Error("the sums of pieces are not those of the run")
	}
}

func TestPiecesThatDoNotBelongAreRefused(t *testing.T) {
	p := plan(t, 2, 20)
	p.BlockSize = 10
	blocks, pieces := piecesOf(t, p)
	other := p
	other.Seed++
	_, strange := piecesOf(t, other)
	for _, c := range []struct {
		name  string
		block Block
		piece []byte
		want  string
	}{
		{"out of turn", blocks[1], pieces[1], "out of turn"},
		{"no block of the plan", Block{Draw: 2, To: 10}, pieces[0], "none of the plan"},
		{"a block of no replicates", Block{}, pieces[0], "none of the plan"},
		{"another block", blocks[0], pieces[1], "another block"},
		{"another seed", blocks[0], strange[0], "another plan"},
		{"nothing", blocks[0], nil, "no piece"},
		{"another file", blocks[0], []byte(strings.Repeat("summary", 9)), "no piece"},
		{"cut", blocks[0], pieces[0][:len(pieces[0])-1], "damaged"},
		{"longer", blocks[0], append(pieces[0][:len(pieces[0]):len(pieces[0])], 0), "damaged"},
	} {
		s := NewSums(p)
		before := asText(t, s)
		if err := s.Take(c.block, c.piece); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if asText(t, s) != before {
			t.Errorf("%s: the sums moved", c.name)
		}
	}
}

func TestNoFlippedBitIsTaken(t *testing.T) {
	p := plan(t, 1, 2)
	blocks, pieces := piecesOf(t, p)
	s := NewSums(p)
	for i := 0; i < len(pieces[0]); i += 29 {
		bad := append([]byte(nil), pieces[0]...)
		bad[i] ^= 1 << (i % 8)
		if s.Take(blocks[0], bad) == nil {
			t.Fatalf("byte %d of %d may change", i, len(bad))
		}
	}
}

func TestAPieceEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p := plan(t, 1, 20)
	if _, err := NewSums(p).Piece(ctx, Block{To: 20}); err == nil {
		t.Error("a piece was played though its context had ended")
	}
}

// FuzzTake repairs the checksum, so that what it protects is read.
func FuzzTake(f *testing.F) {
	p := plan(f, 1, 2)
	blocks, pieces := piecesOf(f, p)
	s, head := NewSums(p), pieces[0][:len(pieceMark)+8]
	f.Add(pieces[0][len(head):])
	f.Fuzz(func(t *testing.T, body []byte) {
		piece := append(append([]byte(nil), head...), body...)
		piece = binary.LittleEndian.AppendUint32(piece, crc32.Checksum(piece, castagnoli))
		if err := s.Take(blocks[0], piece); (err == nil) != s.Whole() {
			t.Errorf("%v, and the sums are whole: %v", err, s.Whole())
		}
		s.taken = 0
	})
}
