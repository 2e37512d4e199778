// Command scheduler_two: the jobs go to two schedulers.
package main

import "sync"

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

type job interface{ do() }

type named struct {
	name string
	f    func()
}

func (n named) do() { n.f() }

func newJob(name string, f func()) job { return named{name, f} }

type scheduler struct {
	mu    sync.Mutex
	queue []job
	wake  chan struct{}
}

func newScheduler() *scheduler {
	s := &scheduler{wake: make(chan struct{}, 1)}
	go s.run()
	return s
}

func (s *scheduler) schedule(j job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, j)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *scheduler) run() {
	for range s.wake {
		s.mu.Lock()
		jobs := s.queue
		s.queue = nil
		s.mu.Unlock()
		for _, j := range jobs {
			j.do()
		}
	}
}

func main() {
	adds, drops := newScheduler(), newScheduler()
	for i := range 10 {
		adds.schedule(newJob("add", func() { add("one", i) }))
		drops.schedule(newJob("drop", func() { drop(i) }))
	}
}
