// Package goker_hugo_5379_fixed: the shortcodes, closures in a map, are
// rendered under the content's lock with a word count that does not lock.
package goker_hugo_5379_fixed

import "sync"

// want nothing

type Page struct {
	mu    sync.Mutex
	once  sync.Once
	codes map[int]func() int
	words int
}

func (p *Page) Init() {
	p.once.Do(func() {
		p.codes = map[int]func() int{0: func() int { return p.count(false) }}
	})
}

func (p *Page) count(lock bool) int {
	if lock {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
	return p.words
}

func (p *Page) WordCount() int { return p.count(true) }

func (p *Page) Render() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, code := range p.codes {
		n += code()
	}
	return n
}

// want no edge: Page.mu -> Page.mu
