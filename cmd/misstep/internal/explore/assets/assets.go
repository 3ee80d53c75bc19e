// Package assets is the page of misstep explore: one file of HTML with its style, its script and
// the engine, which fetches nothing.
package assets

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"regexp"
	"strings"
)

//go:embed page.html style.css *.js
var files embed.FS

var page = template.Must(template.ParseFS(files, "page.html"))

// Parts are what the page is made of beside its own files.
type Parts struct {
	Title   string
	Payload any    // what the page knows before its engine is ready; as JSON
	Module  []byte // the engine: WebAssembly, gzip
	Exec    string // wasm_exec.js of the Go that built it
}

// Page is the page as one file, which works from a disk and from any web host. Its policy lets nothing
// load and nothing run but its own style, its own script and workers that it makes itself. An error is
// a payload that is no JSON.
func Page(p Parts) ([]byte, error) {
	style, script, worker := text("style.css"), Script(), p.Exec+"\n"+text("worker.js")
	if strings.Contains(strings.ToLower(worker+script), "</script") {
		return nil, fmt.Errorf("a script of the page would end before its end")
	}
	var b bytes.Buffer
	err := page.Execute(&b, struct {
		Title, Policy  string
		Style          template.CSS
		Script         template.JS
		Payload        any
		Worker, Module template.HTML
	}{p.Title, policy(style, script), template.CSS(style), template.JS(script), p.Payload, //nolint:gosec // our own
		template.HTML(worker), template.HTML(base64.StdEncoding.EncodeToString(p.Module))}) //nolint:gosec // our own
	return append(bytes.TrimSpace(b.Bytes()), '\n'), err
}

// policy is the content-security policy of the page.
func policy(style, script string) string {
	return "default-src 'none'; img-src data:; style-src " + digest(style) + "; script-src " + digest(script) +
		" 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'"
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func text(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded
	}
	return string(b)
}

// imported is a statement that takes names from another module of the page.
var imported = regexp.MustCompile(`(?m)^import [^;]* from "\./(\w+\.js)";\n`)

var exported = regexp.MustCompile(`(?m)^export `)

// Script is the modules of the page as one, what is imported before what imports it: a page that
// fetches nothing cannot import. Names at the top of modules differ, or browsers refuse it.
func Script() string {
	var out strings.Builder
	done := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if done[name] {
			return
		}
		done[name] = true
		source := text(name)
		for _, m := range imported.FindAllStringSubmatch(source, -1) {
			add(m[1])
		}
		out.WriteString(exported.ReplaceAllString(imported.ReplaceAllString(source, ""), ""))
	}
	add("app.js")
	return out.String()
}
