// Package spin_release_add: a spin lock released with Add.
package spin_release_add

import (
	"runtime"
	"sync"
	"sync/atomic"
)

var word uint32
var mu sync.Mutex
var count int

func Put(n int) {
	for !atomic.CompareAndSwapUint32(&word, 0, 1) {
		runtime.Gosched()
	}
	mu.Lock() // want cycle: word mu
	count += n
	mu.Unlock()
	atomic.AddUint32(&word, ^uint32(0))
}

func Take() (n int) {
	mu.Lock()
	defer mu.Unlock()
	for !atomic.CompareAndSwapUint32(&word, 0, 1) {
		runtime.Gosched()
	}
	n, count = count, 0
	atomic.AddUint32(&word, ^uint32(0))
	return n
}
