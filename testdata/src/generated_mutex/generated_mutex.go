// Package generated_mutex: lock types that a generator writes, with a check
// around a mutex.
package generated_mutex

import "sync"

// A class of locks, as a lock checker numbers them.
type class struct{ name string }

var held = map[int]*class{}

func enter(c *class, nest int) { held[nest] = c }

func leave(c *class, nest int) {
	if held[nest] == c {
		delete(held, nest)
	}
}

// Written by a generator, once for each class.
type taskMutex struct{ mu sync.Mutex }

var taskClass = &class{"task"}

func (m *taskMutex) Lock() {
	enter(taskClass, -1)
	m.mu.Lock()
}

func (m *taskMutex) NestedLock(i int) {
	enter(taskClass, i)
	m.mu.Lock()
}

func (m *taskMutex) Unlock() {
	leave(taskClass, -1)
	m.mu.Unlock()
}

func (m *taskMutex) NestedUnlock(i int) {
	leave(taskClass, i)
	m.mu.Unlock()
}

type mapRWMutex struct{ mu sync.RWMutex }

var mapClass = &class{"map"}

func (m *mapRWMutex) Lock() {
	enter(mapClass, -1)
	m.mu.Lock()
}

func (m *mapRWMutex) Unlock() {
	m.mu.Unlock()
	leave(mapClass, -1)
}

func (m *mapRWMutex) RLock() {
	enter(mapClass, -1)
	m.mu.RLock()
}

func (m *mapRWMutex) RUnlock() {
	m.mu.RUnlock()
	leave(mapClass, -1)
}

type Task struct {
	mu taskMutex
	n  int
}

type Map struct {
	mu    mapRWMutex
	tasks []*Task
}

func (m *Map) Count() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	n := 0
	for _, t := range m.tasks {
		t.mu.Lock() // want cycle: Task.mu Map.mu
		n += t.n
		t.mu.Unlock()
	}
	return n
}

func (t *Task) Leave(m *Map) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m.mu.Lock()
	m.tasks = nil
	m.mu.Unlock()
}
