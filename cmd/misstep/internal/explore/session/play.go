package session

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ordered"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/summary"
)

// What a draft plays of the fine answer's futures: the first of its first draws.
const (
	draftDraws      = 20
	draftReplicates = 3
)

// planOf is the plan of a level.
func (o *opened) planOf(level string) (experiment.Plan, error) {
	p := o.plan
	switch level {
	case Fine:
		return p, nil
	case Draft:
		n := draftReplicates
		if p.Draws == 1 {
			n *= draftDraws
		}
		p.Draws, p.Replicates = min(p.Draws, draftDraws), min(p.Replicates, n)
		p.BlockSize = min(p.BlockSize, p.Replicates)
		return p, nil
	}
	return p, problem("there is no level %q; take %s or %s", level, Draft, Fine)
}

// sums are sums of a level that nothing was folded into.
func (o *opened) sums(level string) (*experiment.Sums, error) {
	if s := o.prepared[level]; s != nil {
		return s, nil
	}
	p, err := o.planOf(level)
	if err != nil {
		return nil, err
	}
	s := experiment.NewSums(p)
	o.prepared[level] = s
	return s, nil
}

// Plan checks a state, and says what has to be played for an answer of a level.
func (s *Session) Plan(state State, level string) (*Plan, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	p, err := o.planOf(level)
	if err != nil {
		return nil, err
	}
	return &Plan{Pieces: len(p.Blocks(0, p.Replicates)), Size: Size{p.Draws, p.Replicates}}, nil
}

// Piece plays one piece of a level: what [Sums.Piece] gives of a block, and the class of each of its futures.
func (s *Session) Piece(ctx context.Context, state State, level string, number int) ([]byte, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	sums, err := o.sums(level)
	if err != nil {
		return nil, err
	}
	piece, err := pieceOf(ctx, sums, number)
	return piece, problemsOf(err)
}

// pieceOf plays a piece; several callers may play pieces of the same sums at once.
func pieceOf(ctx context.Context, sums *experiment.Sums, number int) ([]byte, error) {
	blocks := sums.Plan.Blocks(0, sums.Plan.Replicates)
	if number < 0 || number >= len(blocks) {
		return nil, problem("there is no piece %d of %d", number, len(blocks))
	}
	seen := &classes{arms: sums.Plan.HeadlineArms()}
	piece, err := sums.Piece(ctx, blocks[number], seen)
	if err != nil {
		return nil, err
	}
	return append(append(binary.AppendUvarint(nil, uint64(len(piece))), piece...), seen.of...), nil
}

// classes notes in which arms each future of a block has a misstep.
type classes struct {
	arms []int
	of   []byte
}

// Reset does nothing: it sees one block.
func (c *classes) Reset(experiment.Block, *sim.Arms) {}

// Observers are none.
func (c *classes) Observers() []sim.Observer { return nil }

// Visit notes a future.
func (c *classes) Visit(_ int, out []sim.Outcome) {
	class := byte(0)
	for i, a := range c.arms {
		if !math.IsInf(out[a].First[sim.ClassPublic][sim.Misstep], 1) {
			class |= 1 << i
		}
	}
	c.of = append(c.of, class)
}

// classNames are the classes by which arms have a misstep, a bit each.
var classNames = [4]string{Neither, OnlyBaseline, OnlyTreatment, Both}

// taken are the pieces of a level, folded.
type taken struct {
	sums    *experiment.Sums
	futures []Future
}

// Check is a digest of the pieces of a level, in order: the same for a state and a level, always.
func Check(pieces [][]byte) string {
	digest := sha256.New()
	for _, p := range pieces {
		digest.Write(p)
	}
	return hex.EncodeToString(digest.Sum(nil)[:8])
}

// take folds pieces in order.
func (o *opened) take(level string, pieces [][]byte) (*taken, error) {
	p, err := o.planOf(level)
	if err != nil {
		return nil, err
	}
	t := &taken{sums: experiment.NewSums(p)}
	blocks := p.Blocks(0, p.Replicates)
	if len(pieces) != len(blocks) {
		return nil, problem("%d pieces of %d; play all of them", len(pieces), len(blocks))
	}
	for i, b := range blocks {
		n, head := binary.Uvarint(pieces[i])
		if head <= 0 || uint64(len(pieces[i])-head) < n || len(pieces[i])-head-int(n) != b.To-b.From {
			return nil, problem("piece %d is damaged; play it again", i)
		}
		body, seen := pieces[i][head:head+int(n)], pieces[i][head+int(n):]
		if err := t.sums.Take(b, body); err != nil {
			return nil, problemsOf(err)
		}
		for k, class := range seen {
			if int(class) >= len(classNames) {
				return nil, problem("piece %d is damaged; play it again", i)
			}
			t.futures = append(t.futures, Future{b.Draw, b.From + k, classNames[class]})
		}
	}
	return t, nil
}

// Fold makes an answer of all pieces of a level, in order. At are those of a draft of the shipped state, with the arms
// and the seed of this one: from there a draft counts how far its futures moved. A fine answer needs none.
func (s *Session) Fold(state State, level string, pieces, at [][]byte) (*Answer, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, problemsOf(err)
	}
	t, err := o.take(level, pieces)
	if err != nil {
		return nil, err
	}
	var a *Answer
	if level == Draft {
		a, err = s.draft(o, t, at)
	} else {
		a = s.fine(o, t)
	}
	if err != nil {
		return nil, problemsOf(err)
	}
	a.State = state
	a.Command, err = s.Command(state)
	return a, err
}

// fine is the answer of all futures, which stays for [Session.Summary].
func (s *Session) fine(o *opened, t *taken) *Answer {
	sum := summary.Of(t.sums)
	sum.Run.Alone = true
	s.last = &folded{key: o.key, sums: t.sums, summary: sum}
	a := answerOf(sum, Fine)
	a.Futures = hundred(sum, t.futures)
	a.Decision = decisionOf(t.sums)
	return a
}

// Summary is the summary.json of the last fine answer, which has the bytes of its command's; nil without one.
func (s *Session) Summary() []byte {
	if s.last == nil {
		return nil
	}
	say.Warn(s.last.summary.Warnings)
	return say.JSON(s.last.summary)
}

// Play plays an answer on so many workers and folds it. Progress may be nil; other arguments are those of Fold.
func (s *Session) Play(ctx context.Context, state State, level string, at [][]byte, workers int,
	progress experiment.Progress) (*Answer, [][]byte, error) {
	o, err := s.open(state)
	if err != nil {
		return nil, nil, problemsOf(err)
	}
	sums, err := o.sums(level)
	if err != nil {
		return nil, nil, err
	}
	n, pieces := len(sums.Plan.Blocks(0, sums.Plan.Replicates)), [][]byte(nil)
	err = ordered.Map(ctx, n, workers, func(int) ordered.Worker[[]byte] {
		return func(ctx context.Context, number int) ([]byte, error) { return pieceOf(ctx, sums, number) }
	}, func(number int, piece []byte) error {
		pieces = append(pieces, piece)
		if progress != nil {
			progress((number+1)*sums.Plan.BlockSize, n*sums.Plan.BlockSize)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	a, err := s.Fold(state, level, pieces, at)
	return a, pieces, err
}
