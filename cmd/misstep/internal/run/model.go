package run

import "github.com/misstep/misstep/model"

// What the library knows, under the names that the rooms use.
const (
	BlockSize    = model.BlockSize
	MaxExtension = model.MaxExtension
	MaxSample    = model.MaxFutures
)

// LoadOptions are [model.LoadOptions].
var LoadOptions = model.LoadOptions
