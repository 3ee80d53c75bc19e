//go:build verify

package sim_test

func init() { effort = 20 }
