// Package docs holds the tests of the documents: what is generated is up to
// date, links lead somewhere, and the commands that they show run.
package docs
