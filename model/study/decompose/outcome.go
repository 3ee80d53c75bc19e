package decompose

import (
	"github.com/misstep/misstep/model/outcome"
)

// splitIndex finds an outcome whose difference splits by its id, −1 if there is none.
func splitIndex(id string) int {
	if i := outcome.Index(id); i >= 0 && outcome.All[i].Splits() {
		return i
	}
	return -1
}
