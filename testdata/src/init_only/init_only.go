// Package init_only: one of the two orders occurs while the package is
// initialised, before anybody else can run.
package init_only

import "sync"

// want nothing

var (
	codecsMu  sync.Mutex
	codecs    = map[string]int{}
	aliasesMu sync.Mutex
	aliases   = map[string]string{}
)

func init() {
	aliasesMu.Lock()
	codecsMu.Lock()
	codecs["raw"] = 1
	aliases["none"] = "raw"
	codecsMu.Unlock()
	aliasesMu.Unlock()
}

func Lookup(name string) int {
	codecsMu.Lock()
	defer codecsMu.Unlock()
	aliasesMu.Lock()
	defer aliasesMu.Unlock()
	return codecs[aliases[name]]
}
