// Package wait_param_channel_drained: somebody who gets the channel as a parameter
// receives without the lock, whatever the others need.
package wait_param_channel_drained

import "sync"

// want nothing

type Job struct {
	mu   sync.Mutex
	stop chan struct{}
	runs int
}

func Start(j *Job) {
	go drain(j.stop)
	go j.loop()
}

func drain(stop <-chan struct{}) {
	for range stop {
	}
}

func (j *Job) loop() {
	for {
		j.mu.Lock()
		j.runs++
		j.mu.Unlock()
		<-j.stop
	}
}

func (j *Job) Halt() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stop <- struct{}{}
}
