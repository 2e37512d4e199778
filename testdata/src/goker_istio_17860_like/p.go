// Package goker_istio_17860_like: an epoch tells its status under the lock
// that the agent takes to go on.
package goker_istio_17860_like

import "sync"

type Agent struct {
	mu     sync.Mutex
	epoch  int
	status chan int
}

func (a *Agent) Exit(epoch int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if epoch == a.epoch {
		a.status <- epoch // want wait: Agent.mu Agent.status
	}
}

func (a *Agent) Run() {
	for e := range a.status {
		a.mu.Lock()
		a.epoch = e + 1
		a.mu.Unlock()
	}
}
