//go:build !verify

package main

var moreShared [][]string
