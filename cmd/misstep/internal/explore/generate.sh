#!/bin/sh
# Builds the engine of the page and puts it, packed, with the script that starts it, where the program embeds it.
set -eu
GOOS=js GOARCH=wasm go build -trimpath -ldflags '-s -w' -o module/engine.wasm ./engine
gzip -9nf module/engine.wasm
install -m 644 "$(go env GOROOT)/lib/wasm/wasm_exec.js" module/
