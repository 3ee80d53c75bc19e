package evidence

import (
	"maps"
	"slices"
)

// Words are those that a column knows, with what each means.
type Words[M any] struct{ meanings map[string]M }

// All lists the words in the order of their letters.
func (w Words[M]) All() []string { return slices.Sorted(maps.Keys(w.meanings)) }

// Means is what a word means, the zero value for none of them.
func (w Words[M]) Means(word string) M { return w.meanings[word] }

// with are the words and some more.
func (w Words[M]) with(more map[string]M) Words[M] {
	all := maps.Clone(w.meanings)
	maps.Copy(all, more)
	return Words[M]{all}
}
