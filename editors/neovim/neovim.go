// Package neovim carries the init file with which `colophon demo` runs Neovim:
// the server attached, the findings below their lines, one key for the fix.
//
// The folder around it is a plug-in, for people; see its README.
package neovim

import _ "embed"

// Demo is an init file for Neovim 0.7 or later. It starts the server that the
// environment variable COLOPHON names, and needs no other file.
//
//go:embed demo.lua
var Demo string
