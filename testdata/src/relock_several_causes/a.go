// Package relock_several_causes: three call a function that takes the lock, by
// one that others call without it. Each of the three is wrong by itself, though
// one call is on the way of all, and each is told.
package relock_several_causes

import "sync"

type Book struct {
	mu    sync.Mutex
	pages map[int]string
}

func (b *Book) Set(n int, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages[n] = text
	b.show(n) // want relock: Book.mu
}

func (b *Book) Drop(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.show(n) // want relock: Book.mu
	delete(b.pages, n)
}

func (b *Book) Swap(n, m int) {
	b.mu.Lock()
	b.pages[n], b.pages[m] = b.pages[m], b.pages[n]
	b.show(n) // want relock: Book.mu
	b.mu.Unlock()
}

func (b *Book) Print() {
	for n := range 10 {
		b.show(n)
	}
}

func (b *Book) show(n int) { println(b.page(n)) }

func (b *Book) page(n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pages[n]
}
