package org

import (
	"time"

	"hiwar/internal/id"
)

// Visit is that pages of a site have loaded an asset's widget: it is installed
// there.
type Visit struct {
	Asset   id.Asset
	Origin  string
	FirstAt time.Time
	LastAt  time.Time
}
