// Package spin_wait_status: a status word is waited for under a mutex by a
// compare-and-swap that fails while a scan bit is set; who sets the bit takes
// the mutex before it clears it.
package spin_wait_status

import (
	"runtime"
	"sync"
	"sync/atomic"
)

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
		p.toRunnable() // want cycle|wait: Sched.mu Proc.status
		s.queue = append(s.queue, p)
	}
}

func (s *Sched) Scan(p *Proc) {
	for !p.startScan() {
		runtime.Gosched()
	}
	p.n++
	s.mu.Lock()
	s.idle++
	s.mu.Unlock()
	p.endScan()
}
