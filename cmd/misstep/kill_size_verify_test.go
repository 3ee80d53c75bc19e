//go:build verify

package main

// killsEach is how many kills at operations, and at random times, each command meets at full size.
const killsEach, killsAnytime = 1000, 20
