// Package packs holds the mechanisms that ship with the program: folders of data, one a mechanism. Each folder's
// README.md explains its files.
package packs

import "embed"

// FS is the packs by folder name, such as china-central-asia.
//
//go:embed all:china-central-asia
var FS embed.FS
