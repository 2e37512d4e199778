// Package cross_wait_own_lock hands a function to another package that waits
// for its end under a lock of its own, which the function needs.
package cross_wait_own_lock

import "example.com/testdata/cross_wait_own_lock/pool"

// A User has a pool.
type User struct {
	p *pool.Pool
	n int
}

// Start makes one.
func Start() *User {
	u := &User{}
	u.p = pool.New(u.step)
	return u
}

// want wait: /pool.Pool.mu /pool.Pool.over
func (u *User) step(v int) {
	if u.p.Busy() {
		u.n += v
	}
}

// Stop ends it.
func (u *User) Stop() { u.p.Close() }
