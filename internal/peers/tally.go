package peers

import (
	"fmt"
	"io"
)

// Outcomes are counted in each of two arms: incidents discovered, steps of the victim at R3 or above,
// incidents with a misstep, replies at R3 or above.
const Outcomes = 4

// Row is what one replicate brought, without the forum and with it.
type Row [2 * Outcomes]float64

// Tally sums rows, and the products of their entries.
type Tally struct {
	N        int
	Sum      Row
	Products [2 * Outcomes][2 * Outcomes]float64
}

// Add adds a replicate.
func (t *Tally) Add(x *Row) {
	t.N++
	for i := range x {
		t.Sum[i] += x[i]
		for j := i; j < len(x); j++ {
			t.Products[i][j] += float64(x[i] * x[j])
		}
	}
}

// Write prints the count, the sums, and the products of each pair once: whole numbers.
func (t *Tally) Write(w io.Writer) {
	fmt.Fprintf(w, "%d", t.N)
	for _, s := range t.Sum {
		fmt.Fprintf(w, " %.0f", s)
	}
	for i := range t.Products {
		for _, p := range t.Products[i][i:] {
			fmt.Fprintf(w, " %.0f", p)
		}
	}
	fmt.Fprintln(w)
}

// Read reads what Write or another program wrote.
func (t *Tally) Read(r io.Reader) error {
	numbers := []any{&t.N}
	for i := range t.Sum {
		numbers = append(numbers, &t.Sum[i])
	}
	for i := range t.Products {
		for j := i; j < len(t.Products); j++ {
			numbers = append(numbers, &t.Products[i][j])
		}
	}
	if _, err := fmt.Fscan(r, numbers...); err != nil {
		return fmt.Errorf("want a count, 8 sums and 36 products: %w", err)
	}
	return nil
}
