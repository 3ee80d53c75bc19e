//go:build verify

package model_test

const stride = 1
