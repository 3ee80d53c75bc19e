package figure

// DecideInput is what the figure of a decision is made from.
type DecideInput struct{}

// Decide draws it.
func Decide(in *DecideInput, o Options) ([]File, error) { return nil, nil }
