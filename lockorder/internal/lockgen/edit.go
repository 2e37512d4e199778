package lockgen

import (
	"fmt"
	"iter"
	"slices"
)

// blocks yields the blocks directly inside s: branches and closures.
func (s *Stmt) blocks() iter.Seq[*[]*Stmt] {
	return func(yield func(*[]*Stmt) bool) {
		ok := yield(&s.Body) && yield(&s.Else)
		if ok && s.Cond != nil {
			ok = yield(&s.Cond.Body) && (s.Cond.Call == nil || s.Cond.Call.blocks(yield))
		}
		if ok && s.Call != nil {
			s.Call.blocks(yield)
		}
	}
}

func (c *Call) blocks(yield func(*[]*Stmt) bool) bool {
	if !yield(&c.Body) {
		return false
	}
	for i := range c.Args {
		if !yield(&c.Args[i].Body) {
			return false
		}
	}
	return true
}

// clone copies a statement and all in it.
func (s *Stmt) clone() *Stmt {
	c := s.shallow()
	for b := range c.blocks() {
		var out []*Stmt
		for _, s := range *b {
			out = append(out, s.clone())
		}
		*b = out
	}
	return c
}

// shallow copies a statement with its expressions; the blocks in it are those
// of the original, but may be replaced.
func (s *Stmt) shallow() *Stmt {
	c := *s
	if s.Cond != nil {
		cond := *s.Cond
		cond.Call = cond.Call.shallow()
		c.Cond = &cond
	}
	c.Call = s.Call.shallow()
	return &c
}

func (c *Call) shallow() *Call {
	if c == nil {
		return nil
	}
	d := *c
	d.Args = slices.Clone(c.Args)
	return &d
}

// number calls f for each function and each statement, in source order, with
// its number; of a function s is nil.
func (p *Program) number(f func(n int, fn *Func, s *Stmt)) {
	n := 0
	for _, fn := range p.Funcs {
		f(n, fn, nil)
		n++
		var walk func([]*Stmt)
		walk = func(b []*Stmt) {
			for _, s := range b {
				f(n, fn, s)
				n++
				for inner := range s.blocks() {
					walk(*inner)
				}
			}
		}
		walk(fn.Body)
	}
}

// Size counts functions and statements.
func (p *Program) Size() int {
	size := 0
	p.number(func(int, *Func, *Stmt) { size++ })
	return size
}

// Smaller returns the ways to make p smaller by one deletion, the smallest
// first: a stretch of the source, or all that a function does with one lock,
// since a Lock without its Unlock is another program. Their import paths are
// prefix with a number.
func (p *Program) Smaller(prefix string) []*Program {
	var all []*Program
	add := func(gone map[int]bool) {
		if q := p.without(fmt.Sprint(prefix, len(all)), gone); q != nil {
			all = append(all, q)
		}
	}
	size := p.Size()
	for width := size / 2; width > 0; width /= 2 {
		for lo := 0; lo < size; lo += width {
			gone := map[int]bool{}
			for n := range width {
				gone[lo+n] = true
			}
			add(gone)
		}
	}
	type use struct {
		fn  *Func
		ref Ref
	}
	uses := map[use]map[int]bool{}
	var order []use
	p.number(func(n int, fn *Func, s *Stmt) {
		if s == nil || s.Kind != StmtLock {
			return
		}
		u := use{fn, s.Ref}
		if uses[u] == nil {
			uses[u] = map[int]bool{}
			order = append(order, u)
		}
		uses[u][n] = true
	})
	for _, u := range order {
		add(uses[u])
	}
	slices.SortStableFunc(all, func(a, b *Program) int { return a.Size() - b.Size() })
	return all
}

// without returns a copy that lacks the functions and statements with these
// numbers. It returns nil if what is left uses something that went away.
func (p *Program) without(path string, gone map[int]bool) *Program {
	dropped, doers := map[*Func]bool{}, p.usesDoer()
	drop := map[*Stmt]bool{}
	p.number(func(n int, fn *Func, s *Stmt) {
		switch {
		case !gone[n]:
		case s != nil:
			drop[s] = true
		case fn.Name != "Do" || !doers:
			dropped[fn] = true
		}
	})
	// keep copies what stays. A block is copied before its blocks are, so
	// that the original is only read.
	var keep func([]*Stmt) []*Stmt
	keep = func(b []*Stmt) []*Stmt {
		var out []*Stmt
		for _, s := range b {
			if !drop[s] {
				c := s.shallow()
				for inner := range c.blocks() {
					*inner = keep(*inner)
				}
				out = append(out, c)
			}
		}
		return out
	}
	q := &Program{Path: path, Types: p.Types, Globals: p.Globals}
	for _, f := range p.Funcs {
		if !dropped[f] {
			g := *f
			g.Body = keep(f.Body)
			q.Funcs = append(q.Funcs, &g)
		}
	}
	if len(q.Funcs) == len(p.Funcs) && len(drop) == 0 || !q.whole() {
		return nil
	}
	return q
}

// usesDoer reports whether anything has the interface's type; then the methods
// must stay that make types implement it.
func (p *Program) usesDoer() bool {
	for _, g := range p.Globals {
		if g.Kind == GlobalIface {
			return true
		}
	}
	for _, f := range p.Funcs {
		for _, v := range f.Params {
			if v.Kind == ParamIface {
				return true
			}
		}
	}
	return false
}

// whole reports whether everything used is declared.
func (p *Program) whole() bool {
	known := map[string]bool{}
	for _, g := range p.Globals {
		known[g.Name] = true
	}
	for _, f := range p.Funcs {
		known[f.Key()] = true
		for _, v := range f.Params {
			known[v.Name] = true
		}
		lets(f.Body, known)
	}
	for _, f := range p.Funcs {
		used := map[string]bool{}
		uses(f.Body, used)
		for name := range used {
			if !known[name] {
				return false
			}
		}
	}
	return true
}

// lets adds the local variables that b declares. Names are unique in a
// program and only whole statements are deleted, so scopes need no check.
func lets(b []*Stmt, known map[string]bool) {
	for _, s := range b {
		if s.Kind == StmtLet {
			known[s.Name] = true
		}
		for inner := range s.blocks() {
			lets(*inner, known)
		}
	}
}

// uses adds the variables and function keys that b reads.
func uses(b []*Stmt, used map[string]bool) {
	call := func(c *Call) {
		if c == nil {
			return
		}
		if c.Kind != CallLit {
			used[c.Target] = true
		}
		for _, a := range c.Args {
			switch a.Kind {
			case ArgMethod:
				used[a.Name], used[a.Base] = true, true
			case ArgVar, ArgFunc:
				used[a.Name] = true
			}
		}
	}
	for _, s := range b {
		if s.Kind == StmtLock {
			used[s.Ref.Base] = true
		}
		call(s.Call)
		if e := s.Cond; e != nil {
			switch e.Kind {
			case ExprVar:
				used[e.Name] = true
			case ExprTry:
				used[e.Ref.Base] = true
			}
			call(e.Call)
		}
		for inner := range s.blocks() {
			uses(*inner, used)
		}
	}
}
