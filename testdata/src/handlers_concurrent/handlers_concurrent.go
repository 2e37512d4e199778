// Command handlers_concurrent: two handlers run in goroutines of their own.
package main

import (
	"net/http"
	"sync"
)

type users struct {
	mu    sync.Mutex
	names []string
}

type audit struct {
	mu    sync.Mutex
	lines []string
	users *users
}

func (a *audit) add(w http.ResponseWriter, r *http.Request) {
	a.users.mu.Lock()
	defer a.users.mu.Unlock()
	a.mu.Lock() // want cycle: users.mu audit.mu
	a.lines = append(a.lines, r.URL.Path)
	a.mu.Unlock()
}

func (a *audit) list(w http.ResponseWriter, _ *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.users.mu.Lock()
	defer a.users.mu.Unlock()
	for range a.users.names {
		w.WriteHeader(http.StatusOK)
	}
}

func main() {
	a := &audit{users: &users{}}
	http.HandleFunc("/add", a.add)
	http.HandleFunc("/list", a.list)
	http.ListenAndServe("localhost:0", nil)
}
