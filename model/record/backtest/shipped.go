package backtest

import _ "embed" // the tables that ship

// Hindcast is the table of predictions that ships: a line for each cut-off, quantity
// and year, with what came and the quantiles of what was predicted.
//
//go:embed shipped/backtest.csv
var Hindcast []byte
