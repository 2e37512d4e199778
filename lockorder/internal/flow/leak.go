package flow

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// leaks records the locks that the function keeps on some ways of returning
// and gives back on others. A function that keeps a lock on purpose says so:
// by its name, by a result that tells (true, a nil error), by returning what
// it has locked, or the function that unlocks. Whether a caller releases the
// lock is for the linker to say.
func (a *analysis) leaks() {
	if a.hangs() {
		return
	}
	name := lockerName(a.fn.Name())
	for i := range a.effect.Exits {
		x := &a.effect.Exits[i]
		for _, h := range x.Held {
			if h.Site.Inner != nil || !h.Site.Released || h.Fresh && h.Path.Root().Kind == lock.Local || h.Path.Root().Kind == lock.Result || returnsFunc(x) {
				continue
			}
			if a.rec.Joined && !x.Failed { // the way may be none
				continue
			}
			if a.success(x, h.Path) || a.unlocker(h.Path) {
				continue
			}
			if !name || a.fails(x) {
				a.rec.Leaks = append(a.rec.Leaks, Leak{Held: h, Return: x.Return, Failed: a.fails(x)})
			}
		}
	}
}

// hangs reports whether the function takes a lock that it holds: what comes
// after is not reached.
func (a *analysis) hangs() bool {
	for i := range a.rec.Acquires {
		q := &a.rec.Acquires[i]
		for j := range q.Held {
			if !q.Try && !q.Nested && SameLock(q.Held[j].Path, q.Path) {
				return true
			}
		}
	}
	return false
}

// unlocker reports whether the function makes a closure that releases the
// lock: it goes where the lock is to be released.
func (a *analysis) unlocker(p *lock.Path) bool {
	for _, b := range a.fn.Blocks {
		for _, in := range b.Instrs {
			mk, ok := in.(*ssa.MakeClosure)
			if !ok {
				continue
			}
			f := a.eval(mk).Fn
			if t := thunk(f); t != nil && a.host.Model(t) != nil && f.Binds[0].Path == p {
				return true
			}
			for _, c := range a.host.Bound(a.node, mk, f, nil, "func") {
				for _, x := range a.host.Effect(c.Node).Exits {
					for _, h := range x.Holes {
						if c.Env.Subst(a.host.Paths(), h.Path).Path == p {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

// fails reports whether an exit returns an error that is surely one, or one
// that is not nil where another exit, which holds less, returns nil.
func (a *analysis) fails(x *Exit) bool {
	if x.Failed {
		return true
	}
	for i, r := range x.Results {
		if r.Nil || !isError(a.fn.Signature.Results().At(i).Type()) {
			continue
		}
		for j := range a.effect.Exits {
			if y := &a.effect.Exits[j]; y != x && i < len(y.Results) && y.Results[i].Nil && len(y.Held) < len(x.Held) {
				return true
			}
		}
	}
	return false
}

// success reports whether an exit says by its results that it succeeded, and
// no other says so without the lock: then the lock is what it succeeded in
// taking.
func (a *analysis) success(x *Exit, p *lock.Path) bool {
	for i, r := range x.Results {
		if r.truth() {
			return !a.trueWithout(i, p)
		}
		if r.Nil && len(x.Results) > 1 && isError(a.fn.Signature.Results().At(i).Type()) {
			for j := range a.effect.Exits {
				if y := &a.effect.Exits[j]; y != x && i < len(y.Results) && !y.Results[i].Nil {
					return true
				}
			}
		}
	}
	return false
}

// trueWithout reports whether a way of returning without the lock gives true
// as result i.
func (a *analysis) trueWithout(i int, p *lock.Path) bool {
	for j := range a.effect.Exits {
		y := &a.effect.Exits[j]
		held := slices.ContainsFunc(y.Held, func(h Held) bool { return h.Path == p })
		if !held && slices.Contains(y.trues, i) {
			return true
		}
	}
	return false
}

// truth reports whether a value is the constant true.
func (v Value) truth() bool {
	return v.Const != nil && v.Const.Kind() == constant.Bool && constant.BoolVal(v.Const)
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func returnsFunc(x *Exit) bool {
	for _, r := range x.Results {
		if r.Fn != nil {
			return true
		}
	}
	return false
}

// lockerName reports whether a function says by its name that it leaves a
// lock held.
func lockerName(name string) bool {
	name = strings.ToLower(name)
	for _, other := range []string{"block", "clock"} {
		name = strings.ReplaceAll(name, other, "")
	}
	return strings.Contains(name, "lock") || strings.Contains(name, "acquire")
}
