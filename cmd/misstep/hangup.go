//go:build !js

package main

import (
	"os"
	"syscall"
)

// hangUps are the signals of a terminal that goes away.
var hangUps = []os.Signal{syscall.SIGHUP}
