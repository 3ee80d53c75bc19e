package decide

import "github.com/misstep/misstep/cmd/misstep/internal/figure"

func (d *decided) picture() *figure.DecideInput { return &figure.DecideInput{} }
