package handover

// The tests hang on no tables that move with every calibration.
func init() { Tables = func() (fit, hindcast []byte) { return nil, nil } }
