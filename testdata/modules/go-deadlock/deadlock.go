// Package deadlock stands for the library of that path in testdata: mutexes
// that another goroutine takes for the caller.
package deadlock

import "sync"

type Mutex struct{ mu sync.Mutex }

func (m *Mutex) Lock()   { take(m.mu.Lock) }
func (m *Mutex) Unlock() { m.mu.Unlock() }

type RWMutex struct{ mu sync.RWMutex }

func (m *RWMutex) Lock()    { take(m.mu.Lock) }
func (m *RWMutex) Unlock()  { m.mu.Unlock() }
func (m *RWMutex) RLock()   { take(m.mu.RLock) }
func (m *RWMutex) RUnlock() { m.mu.RUnlock() }

func take(lock func()) {
	taken := make(chan struct{})
	go func() {
		lock()
		close(taken)
	}()
	<-taken
}
