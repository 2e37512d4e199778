// Package generated_mutex_relock: NestedLock takes the same mutex as Lock.
package generated_mutex_relock

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

func (t *Task) Add(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.set(t.n + n)
}

func (t *Task) set(n int) {
	t.mu.NestedLock(1) // want relock: Task.mu
	t.n = n
	t.mu.NestedUnlock(1)
}
