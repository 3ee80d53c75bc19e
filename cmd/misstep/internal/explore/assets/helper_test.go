package assets

import (
	"bytes"
	"compress/gzip"
)

// gz is the least module there is, as the page holds it.
var gz = func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("\x00asm\x01\x00\x00\x00"))
	_ = z.Close()
	return b.Bytes()
}()
