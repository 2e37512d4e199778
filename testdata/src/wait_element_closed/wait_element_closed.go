// Package wait_element_closed sends under its lock to one of the channels that
// it keeps. Who receives has the channel from where it was made, with a buffer
// for the one answer; that Close would close it under the lock proves nothing.
package wait_element_closed

import "sync"

type DB struct {
	mu       sync.Mutex
	requests map[int]chan int
	next     int
}

func (db *DB) Conn() (int, bool) {
	db.mu.Lock()
	req := make(chan int, 1)
	key := db.next
	db.next++
	db.requests[key] = req
	db.mu.Unlock()
	c, ok := <-req
	return c, ok
}

func (db *DB) Put(c int) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	var req chan int
	var key int
	for key, req = range db.requests {
		break
	}
	if req == nil {
		return false
	}
	delete(db.requests, key)
	req <- c
	return true
}

func (db *DB) Close() {
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, req := range db.requests {
		close(req)
	}
}

// want nothing
