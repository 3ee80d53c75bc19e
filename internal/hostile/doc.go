// Package hostile tries the program as a whole on files that nobody meant: its tests, behind the build tag
// verify, mutate a thousand scenarios, settings, tables, run folders and states, and hold what comes of each.
package hostile
