// Command misstep simulates how cyber operations between states escalate, how
// much of that is miscalculation, and what a dialogue forum changes.
package main

import "os"

func main() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
