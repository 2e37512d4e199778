package link

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// ClassOf returns the class of a held lock.
func (l *Linked) ClassOf(p *lock.Path) string {
	name, _ := l.c.class(p)
	return name
}

// HeldName is the canonical name of the lock that w holds.
func (l *Linked) HeldName(w *Witness) string { return l.NameIn(w.Node.Fn, w.Held.Path) }

// Name is the canonical name of the lock that w takes.
func (l *Linked) Name(w *Witness) string {
	switch {
	case w.named != nil:
		return l.NameIn(w.Node.Fn, w.named)
	case w.Path != nil && l.ClassOf(w.Path) == w.Class:
		return l.NameIn(w.Node.Fn, w.Path)
	case w.event != nil && l.ClassOf(w.event.path) == w.Class:
		return l.NameIn(w.Call.Callees[w.Callee].Node.Fn, w.event.path)
	}
	return w.Class
}

// NameIn is the canonical name of p, a path in the terms of fn. It is that of
// its class, but for a lock that fn knows as a variable only: two functions
// that take a *sync.Mutex do not take the same lock for it.
func (l *Linked) NameIn(fn *ssa.Function, p *lock.Path) string {
	class := l.ClassOf(p)
	root := p.Root()
	rest, bare := strings.CutPrefix(class, root.String())
	if !bare {
		return class
	}
	switch {
	case root.Kind == lock.Param && root.Index < len(fn.Params):
		return flow.FuncName(fn) + "." + fn.Params[root.Index].Name() + rest
	case root.Kind == lock.Free && root.Index < len(fn.FreeVars):
		return flow.FuncName(fn) + "." + fn.FreeVars[root.Index].Name() + rest
	}
	return class
}
