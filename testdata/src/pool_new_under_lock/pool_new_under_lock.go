// Package pool_new_under_lock: a pool that is empty calls its New under the
// lock of who asks.
package pool_new_under_lock

import "sync"

type Buffers struct {
	mu   sync.Mutex
	made int
	pool sync.Pool
}

func New() *Buffers {
	b := &Buffers{}
	b.pool.New = func() any {
		b.mu.Lock() // want relock: Buffers.mu
		defer b.mu.Unlock()
		b.made++
		return new([]byte)
	}
	return b
}

func (b *Buffers) Get() *[]byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pool.Get().(*[]byte)
}
