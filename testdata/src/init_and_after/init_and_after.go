// Package init_and_after: the order of the initialisation occurs later too.
package init_and_after

import "sync"

var (
	codecsMu  sync.Mutex
	codecs    = map[string]int{}
	aliasesMu sync.Mutex
	aliases   = map[string]string{}
)

func init() { Alias("none", "raw") }

func Alias(name, codec string) {
	aliasesMu.Lock()
	codecsMu.Lock() // want cycle: codecsMu aliasesMu
	codecs[codec]++
	aliases[name] = codec
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
