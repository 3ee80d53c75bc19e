// Package report sets a page to hand over: one HTML file that needs nothing beside
// it, or the same as Markdown.
//
// Read page.go first: a page is a list of sections, a section a list of blocks, and
// running text a list of spans. Nothing in a page is markup: whoever fills it in
// writes words and numbers, and every word is escaped on its way out, so that a text
// from a scenario stays text. [HTML] sets the page with html/template, one style and
// one script whose digests stand in the page's content-security policy; [Markdown]
// sets it for a repository or a mail.
//
// The page can be read without its script, which adds values under the pointer, arms
// that can be hidden, and tables that can be sorted. No page carries a clock, so
// equal pages give equal bytes.
package report
