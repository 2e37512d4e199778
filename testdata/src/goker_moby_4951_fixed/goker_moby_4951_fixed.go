// Package goker_moby_4951_fixed: the device's lock is always taken before the
// set's, also where the set's is let go and taken again.
package goker_moby_4951_fixed

import (
	"runtime"
	"sync"
)

// want nothing

type Set struct {
	sync.Mutex
	devices map[string]*Device
}

type Device struct {
	lock sync.Mutex
	name string
}

func (s *Set) find(name string) *Device {
	s.Lock()
	defer s.Unlock()
	return s.devices[name]
}

func (s *Set) Remove(name string) {
	d := s.find(name)
	d.lock.Lock()
	defer d.lock.Unlock()
	s.Lock()
	defer s.Unlock()
	s.removeAndWait(d)
}

func (s *Set) removeAndWait(d *Device) {
	delete(s.devices, d.name)
	s.Unlock()
	runtime.Gosched()
	s.Lock()
}

// want edge: Device.lock -> Set.Mutex
// want no edge: Set.Mutex -> Device.lock
// want no edge: Set.Mutex -> Set.Mutex
