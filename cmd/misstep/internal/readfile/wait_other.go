//go:build !unix

package readfile

// doNotWait is for systems on which opening does not wait.
const doNotWait = 0
