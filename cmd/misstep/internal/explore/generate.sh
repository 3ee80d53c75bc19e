#!/bin/sh
# Builds the engine of the page and puts it, packed, with the script that starts it and the digests of its source, where
# the program embeds it.
set -eu
here=$PWD
GOOS=js GOARCH=wasm go build -trimpath -ldflags '-s -w' -o module/engine.wasm ./engine
gzip -9nf module/engine.wasm
install -m 644 "$(go env GOROOT)/lib/wasm/wasm_exec.js" module/
cd "$(go list -m -f '{{.Dir}}')"
{
	echo go.mod
	GOOS=js GOARCH=wasm go list -deps -f '{{if and .Module .Module.Main}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}
{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}
{{end}}{{end}}' "$here/engine" | sed "/^\$/d; s,^$PWD/,,"
} | while read -r file; do
	if command -v sha256sum >/dev/null; then sha256sum "$file"; else shasum -a 256 "$file"; fi
done >"$here/module/engine.sums"
