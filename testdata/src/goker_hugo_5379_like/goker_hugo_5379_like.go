// Package goker_hugo_5379_like: the shortcodes, closures in a map, are
// rendered under the content's lock with a word count that locks it, some
// calls down.
package goker_hugo_5379_like

import "sync"

type Page struct {
	mu    sync.Mutex
	codes map[string]func() int
	words int
}

type shortcode struct{ page *Page }

func NewPage() *Page {
	p := &Page{codes: make(map[string]func() int)}
	s := &shortcode{page: p}
	p.codes["words"] = func() int { return s.render() }
	return p
}

func (s *shortcode) render() int { return s.page.WordCount() }

func (p *Page) WordCount() int { return p.count(true) }

func (p *Page) count(lock bool) int {
	if lock {
		p.mu.Lock() // want relock: Page.mu
		defer p.mu.Unlock()
	}
	return p.words
}

func (p *Page) Render() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, code := range p.codes {
		n += code()
	}
	return n
}
