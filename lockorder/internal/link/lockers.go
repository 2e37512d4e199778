package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// scanLockers gives the interfaces to which the program converts a lock of the
// standard library, such as interface{ Lock(); Unlock() }, that lock's models:
// a call through one is an operation on what the interface value is, named by
// where that is kept, whatever else implements it. Else a logging twin of the
// mutex would be one class for all the locks of a program.
func (p *Program) scanLockers(fns []*ssa.Function) {
	done := make(map[[2]types.Type]bool)
	for _, f := range fns {
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				if mk, ok := in.(*ssa.MakeInterface); ok {
					if lock := syncType(mk.X.Type()); lock != "" && !done[[2]types.Type{mk.X.Type(), mk.Type()}] {
						done[[2]types.Type{mk.X.Type(), mk.Type()}] = true
						p.locker(mk.Type().Underlying().(*types.Interface), lock)
					}
				}
			}
		}
	}
}

// syncType is the name of the type of package sync that t points to.
func syncType(t types.Type) string {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return ""
	}
	n, ok := types.Unalias(ptr.Elem()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return ""
	}
	return n.Obj().Name()
}

// locker gives the methods of an interface the models of a type's. One method
// alone says too little of what the interface is for.
func (p *Program) locker(i *types.Interface, lock string) {
	if i.NumMethods() < 2 {
		return
	}
	for m := range i.Methods() {
		if p.models.Lookup(m.FullName()) == nil {
			if row := p.models.Lookup("(*sync." + lock + ")." + m.Name()); row != nil {
				p.methods[m] = row
			}
		}
	}
}
