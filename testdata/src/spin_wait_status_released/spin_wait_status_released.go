// Package spin_wait_status_released: the scan bit is cleared before the mutex
// is taken.
package spin_wait_status_released

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// want nothing

const (
	waiting  = 1
	runnable = 2
	scanBit  = 0x1000
)

type Proc struct {
	status uint32
	n      int
}

type Sched struct {
	mu    sync.Mutex
	queue []*Proc
	idle  int
}

func (p *Proc) toRunnable() {
	for !atomic.CompareAndSwapUint32(&p.status, waiting, runnable) {
		runtime.Gosched()
	}
}

func (p *Proc) startScan() bool {
	return atomic.CompareAndSwapUint32(&p.status, waiting, waiting|scanBit)
}

func (p *Proc) endScan() {
	atomic.CompareAndSwapUint32(&p.status, waiting|scanBit, waiting)
}

func (s *Sched) Inject(ps []*Proc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range ps {
		p.toRunnable()
		s.queue = append(s.queue, p)
	}
}

func (s *Sched) Scan(p *Proc) {
	for !p.startScan() {
		runtime.Gosched()
	}
	p.n++
	p.endScan()
	s.mu.Lock()
	s.idle++
	s.mu.Unlock()
}
