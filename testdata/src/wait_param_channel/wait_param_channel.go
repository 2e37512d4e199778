// Package wait_param_channel: the channel reaches the receiver as a parameter;
// the receiver takes the lock between two looks at it.
package wait_param_channel

import "sync"

type Job struct {
	mu   sync.Mutex
	stop chan struct{}
	runs int
}

func (j *Job) channel() chan struct{} { return j.stop }

func Start(j *Job) { go watch(j, j.channel()) }

func watch(j *Job, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			j.run()
		}
	}
}

func (j *Job) run() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.runs++
}

func (j *Job) Halt() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stop <- struct{}{} // want wait: Job.mu Job.stop
}
