// Package singleflight stands for the library of that path in testdata.
package singleflight

import "sync"

type Result struct {
	Val    any
	Err    error
	Shared bool
}

type call struct {
	done sync.WaitGroup
	res  Result
}

type Group struct {
	mu sync.Mutex
	m  map[string]*call
}

func (g *Group) Do(key string, fn func() (any, error)) (any, error, bool) {
	g.mu.Lock()
	if c, ok := g.m[key]; ok {
		g.mu.Unlock()
		c.done.Wait()
		return c.res.Val, c.res.Err, true
	}
	c := new(call)
	c.done.Add(1)
	if g.m == nil {
		g.m = make(map[string]*call)
	}
	g.m[key] = c
	g.mu.Unlock()
	c.res.Val, c.res.Err = fn()
	c.done.Done()
	g.mu.Lock()
	delete(g.m, key)
	g.mu.Unlock()
	return c.res.Val, c.res.Err, false
}

func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	ch := make(chan Result, 1)
	go func() {
		v, err, shared := g.Do(key, fn)
		ch <- Result{v, err, shared}
	}()
	return ch
}
