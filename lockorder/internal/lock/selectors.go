package lock

import "go/types"

// selectors are the paths one field or element below a path. Few paths have
// more than a handful; a parameter, which is one path in all functions, has
// thousands.
type selectors struct {
	few   []selector
	many  map[selectorKey]*Path // once there are more than few
	any   *Path                 // the element of no key
	elems map[any]*Path
}

type selector struct {
	selectorKey
	to *Path
}

// A selectorKey is a field of a struct with type arguments; most have none.
type selectorKey struct {
	f    *types.Var
	args string
}

// maxFew is up to how many fields a search through all is faster than a map.
const maxFew = 8

func (p *Path) selectors() *selectors {
	if p.below == nil {
		p.below = new(selectors)
	}
	return p.below
}

func (s *selectors) field(f *types.Var, args string) *Path {
	if s.many != nil {
		return s.many[selectorKey{f, args}]
	}
	for i := range s.few {
		if x := &s.few[i]; x.f == f && x.args == args {
			return x.to
		}
	}
	return nil
}

func (s *selectors) setField(f *types.Var, args string, to *Path) {
	k := selectorKey{f, args}
	if s.many != nil {
		s.many[k] = to
		return
	}
	for i := range s.few {
		if s.few[i].selectorKey == k {
			s.few[i].to = to
			return
		}
	}
	if len(s.few) < maxFew {
		s.few = append(s.few, selector{k, to})
		return
	}
	s.many = make(map[selectorKey]*Path, 2*maxFew)
	for _, x := range s.few {
		s.many[x.selectorKey] = x.to
	}
	s.many[k] = to
	s.few = nil
}

func (s *selectors) elem(key any) *Path {
	if key == nil {
		return s.any
	}
	return s.elems[key]
}

func (s *selectors) setElem(key any, to *Path) {
	if key == nil {
		s.any = to
		return
	}
	if s.elems == nil {
		s.elems = make(map[any]*Path, 1)
	}
	s.elems[key] = to
}
