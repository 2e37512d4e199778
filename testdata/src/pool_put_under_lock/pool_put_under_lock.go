// Package pool_put_under_lock: what is put back calls nothing; what is got is
// got without the lock.
package pool_put_under_lock

import "sync"

// want nothing

type Buffers struct {
	mu   sync.Mutex
	made int
	pool sync.Pool
}

func New() *Buffers {
	b := &Buffers{}
	b.pool.New = func() any {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.made++
		return new([]byte)
	}
	return b
}

func (b *Buffers) Get() *[]byte { return b.pool.Get().(*[]byte) }

func (b *Buffers) Put(p *[]byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pool.Put(p)
}
