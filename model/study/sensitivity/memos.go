package sensitivity

import "github.com/misstep/misstep/model/experiment"

// Points of a row that follow each other share what their arms brought, up to so many of them and so much.
const (
	together = 16
	mostKept = 32 << 20 // [bytes]
)

// memos are those of points in rows: a number that a point moves leaves alone the arms that it has no say in.
type memos struct {
	row  int // points
	list []*experiment.Memo
}

func newMemos(row, points int) *memos {
	m := &memos{row: row, list: make([]*experiment.Memo, (points+row-1)/row*((row-1)/together+1))}
	for i := range m.list {
		m.list[i] = &experiment.Memo{Most: mostKept}
	}
	return m
}

func (m *memos) at(n int) int { return n/m.row*((m.row-1)/together+1) + n%m.row/together }

func (m *memos) of(n int) *experiment.Memo { return m.list[m.at(n)] }

// taken drops what no later point asks for, once the points up to n are done.
func (m *memos) taken(n int) {
	if m.at(n+1) != m.at(n) {
		m.list[m.at(n)] = nil
	}
}
