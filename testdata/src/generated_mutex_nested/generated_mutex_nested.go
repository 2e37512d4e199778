// Package generated_mutex_nested: the second lock of a class is taken as
// nested, from parent to child, and all in one order.
package generated_mutex_nested

import "sync"

// want nothing

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
		t.mu.Lock()
		n += t.n
		t.mu.Unlock()
	}
	return n
}

func (m *Map) Move(from, to int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tasks[from].mu.Lock()
	m.tasks[to].mu.NestedLock(1)
	m.tasks[to].n += m.tasks[from].n
	m.tasks[to].mu.NestedUnlock(1)
	m.tasks[from].mu.Unlock()
}
