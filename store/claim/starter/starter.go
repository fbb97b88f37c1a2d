// Package starter carries the starter claims: well-known public attributions
// and counter-claims, so that a new bot knows what most statements are about.
// It is data in words that people edit; package claim reads it. It stands apart
// since it changes with the news, and the judge does not.
package starter

import _ "embed"

// TOML is the file of starter claims, in the format of claim.ParseTOML.
//
//go:embed claims.toml
var TOML string
