//go:build !verify

package main

// killsEach is how many kills at operations, and at random times, each command meets in the ordinary suite.
const killsEach, killsAnytime = 2, 1
