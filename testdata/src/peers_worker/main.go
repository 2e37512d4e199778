// Command peers_worker: all transfers are made by one goroutine.
package main

import "sync"

// want nothing

type account struct {
	mu sync.Mutex
	n  int
}

type order struct {
	from, to *account
	n        int
}

func transfer(from, to *account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.n -= n
	to.n += n
}

func work(orders chan order) {
	for o := range orders {
		transfer(o.from, o.to, o.n)
	}
}

func main() {
	orders := make(chan order)
	go work(orders)
	a, b := &account{}, &account{}
	orders <- order{a, b, 1}
	orders <- order{b, a, 1}
}
