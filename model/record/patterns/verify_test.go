//go:build verify

package patterns

import "testing"

// TestBacktestInFull: the sample of the command, ten times over.
func TestBacktestInFull(t *testing.T) { backtest(t, 400, 20) }
