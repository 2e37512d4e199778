// Package lock_method_no_mutex: a Lock method that locks nothing.
package lock_method_no_mutex

// want nothing

// Door has a lock as doors have.
type Door struct{ locked bool }

func (d *Door) Lock() { d.locked = true }

func (d *Door) Unlock() { d.locked = false }

type House struct{ front, back Door }

func (h *House) Leave() {
	h.front.Lock()
	h.back.Lock()
}

func (h *House) Enter() {
	h.back.Unlock()
	h.front.Unlock()
}

func (h *House) Secure() {
	h.back.Lock()
	h.front.Lock()
	h.front.Lock()
}
