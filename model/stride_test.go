//go:build !verify

package model_test

// stride: the suite tries every so many of the numbers, the tag verify each.
const stride = 4
