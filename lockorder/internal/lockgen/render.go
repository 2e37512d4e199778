package lockgen

import (
	"bytes"
	"fmt"
	"go/format"
	"path"
	"strings"
)

// Source returns the program as Go source in gofmt's style. It panics if what
// it wrote does not parse, which is an error of this package.
func (p *Program) Source() []byte {
	r := &renderer{prog: p}
	r.program()
	src, err := format.Source(r.out.Bytes())
	if err != nil {
		panic(fmt.Sprintf("lockgen: %s: %v\n%s", p.Path, err, r.out.Bytes()))
	}
	return src
}

type renderer struct {
	prog *Program
	out  bytes.Buffer
	used map[string]bool // variables read in the current function
}

func (r *renderer) f(format string, args ...any) { fmt.Fprintf(&r.out, format, args...) }

func (r *renderer) program() {
	r.f("package %s\n\nimport \"sync\"\n\n", path.Base(r.prog.Path))
	r.f("// Cond and N come from outside: nothing is known of them.\n")
	r.f("var (\nCond func() bool\nN int\n)\n\n")
	r.f("type Doer interface { Do() }\n\n")
	// A program may have no lock left after minimising.
	r.f("var _ sync.Locker\n\n")
	for _, t := range r.prog.Types {
		r.f("type %s struct {\n", t.Name)
		for _, f := range t.Fields {
			typ := "sync.Mutex"
			if f.RW {
				typ = "sync.RWMutex"
			}
			if f.Embedded {
				r.f("%s\n", typ)
			} else {
				r.f("%s %s\n", f.Name, typ)
			}
		}
		r.f("}\n\n")
	}
	for _, g := range r.prog.Globals {
		switch g.Kind {
		case GlobalPtr:
			r.f("var %s = &%s{}\n", g.Name, g.Type)
		case GlobalVal:
			r.f("var %s %s\n", g.Name, g.Type)
		case GlobalMutex:
			r.f("var %s sync.Mutex\n", g.Name)
		case GlobalRW:
			r.f("var %s sync.RWMutex\n", g.Name)
		case GlobalIface:
			r.f("var %s Doer = %s\n", g.Name, g.Init)
		}
	}
	for _, f := range r.prog.Funcs {
		r.fn(f)
	}
}

func (r *renderer) fn(f *Func) {
	r.used = map[string]bool{}
	uses(f.Body, r.used)
	params := f.Params
	r.f("\nfunc ")
	if f.Recv != "" {
		r.f("(%s *%s) ", params[0].Name, f.Recv)
		params = params[1:]
	}
	var list []string
	for _, p := range params {
		typ := [...]string{"*" + p.Type, "func()", "bool", "Doer"}[p.Kind]
		list = append(list, p.Name+" "+typ)
	}
	r.f("%s(%s) %s {\n", f.Name, strings.Join(list, ", "), [...]string{"", "bool", "func()"}[f.Result])
	r.block(f.Body)
	if f.Result != NoResult && !leaves(f.Body) {
		r.f("return %s\n", [...]string{"", "false", "func() {}"}[f.Result])
	}
	r.f("}\n")
}

// leaves reports whether a block ends by leaving the function.
func leaves(b []*Stmt) bool {
	if len(b) == 0 {
		return false
	}
	last := b[len(b)-1].Kind
	return last == StmtReturn || last == StmtPanic
}

func (r *renderer) block(b []*Stmt) {
	for _, s := range b {
		r.stmt(s)
	}
}

func (r *renderer) stmt(s *Stmt) {
	if s.Defer {
		r.f("defer ")
	}
	if s.Go {
		r.f("go ")
	}
	switch s.Kind {
	case StmtLock:
		r.f("%s.%s()\n", r.ref(s.Ref), s.Op)
	case StmtIf:
		r.f("if %s {\n", r.expr(s.Cond))
		r.block(s.Body)
		if len(s.Else) > 0 {
			r.f("} else {\n")
			r.block(s.Else)
		}
		r.f("}\n")
	case StmtLet:
		name := s.Name + " :="
		if !r.used[s.Name] {
			name = "_ ="
		}
		r.f("%s %s\n", name, r.expr(s.Cond))
	case StmtLoop:
		r.f("for i := 0; i < N; i++ {\n")
		r.block(s.Body)
		r.f("}\n")
	case StmtCall:
		r.f("%s\n", r.call(s.Call))
	case StmtReturn:
		if s.Cond == nil {
			r.f("return\n")
		} else {
			r.f("return %s\n", r.expr(s.Cond))
		}
	case StmtPanic:
		r.f("panic(\"lockgen\")\n")
	}
}

// ref writes a lock; an embedded one is its struct.
func (r *renderer) ref(l Ref) string {
	if l.Field == "" || l.Field == "Mutex" || l.Field == "RWMutex" {
		return l.Base
	}
	return l.Base + "." + l.Field
}

func (r *renderer) expr(e *Expr) string {
	var s string
	switch e.Kind {
	case ExprOpaque:
		s = "Cond()"
	case ExprVar:
		s = e.Name
	case ExprTry:
		s = r.ref(e.Ref) + ".TryLock()"
		if e.Read {
			s = r.ref(e.Ref) + ".TryRLock()"
		}
	case ExprCall:
		s = r.call(e.Call)
	case ExprConst:
		s = fmt.Sprint(e.Value)
	case ExprLit:
		return r.lit(e.Body)
	}
	if e.Not {
		s = "!" + s
	}
	return s
}

// lit writes a function literal, through a buffer of its own.
func (r *renderer) lit(b []*Stmt) string {
	inner := &renderer{prog: r.prog, used: r.used}
	inner.block(b)
	return "func() {\n" + inner.out.String() + "}"
}

func (r *renderer) call(c *Call) string {
	switch c.Kind {
	case CallValue:
		return c.Target + "()"
	case CallIface:
		return c.Target + ".Do()"
	case CallLit:
		return r.lit(c.Body) + "()"
	}
	f := r.prog.Func(c.Target)
	name, args := f.Name, c.Args
	if f.Recv != "" {
		name, args = args[0].Name+"."+f.Name, args[1:]
	}
	var list []string
	for _, a := range args {
		list = append(list, r.arg(a))
	}
	return name + "(" + strings.Join(list, ", ") + ")"
}

func (r *renderer) arg(a Arg) string {
	switch a.Kind {
	case ArgBool:
		return fmt.Sprint(a.Value)
	case ArgLit:
		return r.lit(a.Body)
	case ArgFunc:
		return a.Name
	case ArgMethod:
		return a.Base + "." + r.prog.Func(a.Name).Name
	}
	if g := r.prog.Global(a.Name); g != nil && g.Kind == GlobalVal {
		return "&" + a.Name
	}
	return a.Name
}
