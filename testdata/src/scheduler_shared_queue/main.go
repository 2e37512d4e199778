// Command scheduler_shared_queue: the schedulers take their jobs from one
// queue, so that any of them may run any job.
package main

import "sync"

type job func()

var (
	tableMu sync.Mutex
	table   = map[string]int{}
	indexMu sync.Mutex
	index   = map[int]string{}
)

func add(name string, n int) {
	tableMu.Lock()
	indexMu.Lock() // want cycle: tableMu indexMu
	table[name], index[n] = n, name
	indexMu.Unlock()
	tableMu.Unlock()
}

func drop(n int) {
	indexMu.Lock()
	tableMu.Lock()
	delete(table, index[n])
	delete(index, n)
	tableMu.Unlock()
	indexMu.Unlock()
}

type scheduler struct{ queue chan job }

func newScheduler(queue chan job) *scheduler {
	s := &scheduler{queue: queue}
	go s.run()
	return s
}

func (s *scheduler) schedule(f job) { s.queue <- f }

func (s *scheduler) run() {
	for f := range s.queue {
		f()
	}
}

func main() {
	queue := make(chan job)
	newScheduler(queue)
	s := newScheduler(queue)
	for i := range 10 {
		s.schedule(func() { add("one", i) })
		s.schedule(func() { drop(i) })
	}
}
