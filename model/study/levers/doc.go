// Package levers searches among what can be decided about the channels of a scenario: what each may do, how
// often it meets, who its members are, when it opens, whether there is a second one.
//
// A [Space] has levers, each with moves of which a [Design] takes one or none. [Search] plays
// designs on the same futures, keeps the better half on twice as many, and so on (successive halving,
// [JamiesonTalwalkar2016]). The best of many is the luckiest: what is quoted of the winner comes from futures that
// chose nothing. Strengths are assumptions and no levers.
package levers
