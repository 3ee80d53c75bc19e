// Package mutants tests the tests: it makes one mistake of meaning at a time in the model, and expects
// the tests that are named beside it to fail. It has nothing but a test, behind the tag verify.
package mutants
