// Package kinds holds a page for each kind of finding: lockorder -explain prints
// them, SARIF carries them as help, and the repository shows them. A page has a
// program that hangs, the report of it, and the functions that mend it.
package kinds

import "embed"

// Pages are the pages, KIND.md.
//
//go:embed *.md
var Pages embed.FS
