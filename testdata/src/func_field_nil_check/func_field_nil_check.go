// Package func_field_nil_check: a function field is called only if it is set.
package func_field_nil_check

import "sync"

type Queue struct {
	mu     sync.Mutex
	items  []int
	onFull func()
}

type Monitor struct {
	mu   sync.Mutex
	full int
}

func (q *Queue) SetOnFull(f func()) { q.onFull = f }

func (q *Queue) Push(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, v)
	if q.onFull != nil {
		q.onFull() // want cycle: Queue.mu Monitor.mu
	}
}

func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

func (m *Monitor) Watch(q *Queue) {
	q.SetOnFull(func() {
		m.mu.Lock()
		m.full++
		m.mu.Unlock()
	})
}

func (m *Monitor) Reset(q *Queue) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.full = q.Len()
}
