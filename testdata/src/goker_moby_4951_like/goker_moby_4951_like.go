// Package goker_moby_4951_like: a retry loop lets go of the set's lock and
// takes it again under the device's, which was taken under the set's.
package goker_moby_4951_like

import (
	"runtime"
	"sync"
)

type Set struct {
	sync.Mutex
	devices map[string]*Device
}

type Device struct {
	lock sync.Mutex
	busy bool
}

func (s *Set) Deactivate(name string) {
	s.Lock()
	defer s.Unlock()
	d := s.devices[name]
	d.lock.Lock()
	defer d.lock.Unlock()
	for range 10 {
		if s.tryRemove(d) {
			break
		}
		s.pause()
	}
	delete(s.devices, name)
}

func (s *Set) tryRemove(d *Device) bool { return !d.busy }

// pause lets others at the set for a while.
func (s *Set) pause() {
	s.Unlock()
	defer s.Lock() // want cycle: Set.Mutex Device.lock
	runtime.Gosched()
}
