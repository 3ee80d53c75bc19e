package main

import "os"

var hangUps []os.Signal // a page has none
