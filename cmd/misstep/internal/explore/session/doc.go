// Package session answers what a page asks about a scenario while somebody moves its numbers: it plays pieces, folds
// them, and says in words and numbers what they bring. It runs in the command and, compiled to WebAssembly, in the
// page, and gives the same bytes in both.
//
// The page of `misstep explore` talks to it through workers. A message is {id, call, args}, and its answer
// {id, value}, where value is an ArrayBuffer for piece and JSON text for the others, or {id, problems: JSON text of
// []Problem}. A worker answers in order; it says {id: 0, value: "ready"} once. The calls are
//
//	open(source)                   → null          first, and again for another scenario
//	describe(state)                → Description   what can be moved, in a state; "" is the shipped one
//	plan(state, level)             → Plan          "draft" or "fine"; checks the state
//	piece(state, level, number)    → bytes         at most some 100 ms
//	fold(state, level, pieces, at) → Answer        pieces in order; at are those of a draft of the shipped state with
//	                                               the arms and the seed of this one, [] for a fine answer
//	summary()                      → summary.json  of the last fine answer that was folded
//	check(pieces)                  → string        a digest of pieces, in order
//	files(state)                   → Files         the changed scenario, the numbers of the last fine answer
//	story(state, draw, replicate)  → Story
//	command(state)                 → string
//
// where source and state are JSON text and pieces are arrays of ArrayBuffer.
package session
