// Package peers compares this program with others on a small world that all of them can express: the
// reduced model of README.md in this folder. The engine plays it from world.yaml; [Exact] sums its means
// over all that can happen; the programs in the subfolders read parameters.txt. `.ci/peers` runs them side
// by side, and docs/PERFORMANCE.md has what came of it.
package peers
