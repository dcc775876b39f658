// Package firebreak holds the App's manifest, for the programs that need it.
package firebreak

import _ "embed"

// Manifest is app.yml: the events and permissions that the App asks for.
//
//go:embed app.yml
var Manifest []byte
