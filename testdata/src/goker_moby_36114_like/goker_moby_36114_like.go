// Package goker_moby_36114_like: a roll-back on the error path calls an
// exported method that takes the lock which is held.
package goker_moby_36114_like

import (
	"errors"
	"sync"
)

type VM struct {
	sync.Mutex
	disks []string
}

func (v *VM) Attach(names []string) (err error) {
	v.Lock()
	defer v.Unlock()
	for _, n := range names {
		if err = v.plug(n); err != nil {
			v.Detach() // want relock: VM.Mutex
			return err
		}
	}
	return nil
}

func (v *VM) plug(n string) error {
	if n == "" {
		return errors.New("no name")
	}
	v.disks = append(v.disks, n)
	return nil
}

func (v *VM) Detach() {
	v.Lock()
	defer v.Unlock()
	v.disks = nil
}
