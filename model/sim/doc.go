// Package sim is the engine: [Compile] turns a valid scenario and one parameter
// vector into an immutable [Model] per arm, and a [Runner] plays replicates of it.
//
// Read model.go for what is in a model, case.go for an incident and the victim's
// case, and schedule.go for the list of events; each submodel of docs/MODEL.md is
// one file: onset, discovery, evidence, belief, tension, review, butfor, act, reply,
// clarify, channel, closing. A replicate allocates nothing once the runner is warm.
//
// Names are gone here: states, sources, streams and channels are dense indices in
// the order of their names. All times are days from the scenario's start.
package sim
