// Package narrative plays one replicate in the arms of a contrast, with observers,
// and returns what happened as plain data: for each case that matters what was
// true, what was believed at each step, what the same evidence justified, which
// step was a misstep, whether it was avoidable, and by which belief.
//
// Read story.go for the data, play.go for how a replicate is chosen and played,
// build.go for how a log becomes a story. It has no sentences: those are written where
// people read them.
package narrative
