//go:build unix

package readfile

import "syscall"

// doNotWait opens a pipe that took the place of a file without waiting for its writer.
const doNotWait = syscall.O_NONBLOCK
