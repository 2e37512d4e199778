package lock

import "go/types"

// A FieldName is what names a field where its declaration is not in view.
type FieldName struct {
	Key     string // by its declaration, as no analysis changes it
	Class   string // of the locks in it
	Alias   string // of the locks that it always refers to, or ""
	Wrapper bool   // the type around it is a mutex and nothing else
}

// FieldName returns the names of f.
func (n *Names) FieldName(f *types.Var) FieldName {
	f = f.Origin()
	n.scan(f.Pkg())
	name := FieldName{Key: n.keys[f], Class: n.fields[f], Alias: n.aliases[f].class}
	if owner := n.owners[f]; owner != nil {
		name.Wrapper = n.isWrapper(owner)
	}
	return name
}

// Field returns the field that pkg declares under a key, or nil.
func (n *Names) Field(pkg *types.Package, key string) *types.Var {
	n.scan(pkg)
	return n.byKey[key]
}

// declare notes the key of a field.
func (n *Names) declare(f *types.Var, key string) {
	n.keys[f] = key
	if n.byKey[key] == nil {
		n.byKey[key] = f
	}
}

// SetFieldName gives f the names that the package which declares it gives it.
func (n *Names) SetFieldName(f *types.Var, name FieldName) {
	n.scan(f.Pkg())
	n.fields[f] = name.Class
	n.declare(f, name.Key)
	if name.Alias != "" {
		n.aliases[f] = alias{class: name.Alias}
	}
	if n.owners[f] == nil && name.Wrapper {
		owner := types.NewTypeName(0, f.Pkg(), "", nil)
		n.owners[f], n.wrappers[owner] = owner, true
	}
}
