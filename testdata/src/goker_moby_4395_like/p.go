// Package goker_moby_4395_like: the error of a function is waited for under
// the lock that the function takes.
package goker_moby_4395_like

import "sync"

type Job struct {
	mu   sync.Mutex
	runs int
}

func (j *Job) once() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.runs++
	return nil
}

func (j *Job) Run() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	errs := make(chan error)
	go func() { errs <- j.once() }()
	return <-errs // want wait: Job.mu (*Job).Run.errs
}
