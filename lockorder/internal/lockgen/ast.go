package lockgen

// A Program is one Go package.
type Program struct {
	Path    string // import path; its last element is the package's name
	Types   []*Type
	Globals []*Global
	Funcs   []*Func
}

// A Type is a struct type of locks. A type with a method Do implements the
// program's one interface, Doer.
type Type struct {
	Name   string
	Fields []Field
}

// A Field is a sync.Mutex, or a sync.RWMutex if RW. An embedded one has its
// type's name and is locked through the promoted methods.
type Field struct {
	Name     string
	RW       bool
	Embedded bool
}

// A GlobalKind says what a package variable is.
type GlobalKind int

const (
	GlobalPtr   GlobalKind = iota // var g = &T{}
	GlobalVal                     // var g T
	GlobalMutex                   // var g sync.Mutex
	GlobalRW                      // var g sync.RWMutex
	GlobalIface                   // var g Doer = Init
)

// A Global is a package variable; none is ever reassigned.
type Global struct {
	Name string
	Kind GlobalKind
	Type string // of GlobalPtr and GlobalVal
	Init string // of GlobalIface: a GlobalPtr whose type has a method Do
}

// A ParamKind is the type of a parameter.
type ParamKind int

const (
	ParamPtr   ParamKind = iota // *Type
	ParamFunc                   // func()
	ParamBool                   // bool
	ParamIface                  // Doer
)

// A Param is a parameter of a function.
type Param struct {
	Name string
	Kind ParamKind
	Type string // of ParamPtr
}

// A ResultKind is what a function returns.
type ResultKind int

const (
	NoResult   ResultKind = iota
	BoolResult            // falls off its end with false
	FuncResult            // falls off its end with func() {}
)

// A Func is a declared function, or a method whose receiver is Params[0].
// All variables in it have different names, closures included.
type Func struct {
	Name   string
	Recv   string // the receiver's type, without the star; "" for a function
	Params []Param
	Result ResultKind
	Body   []*Stmt
}

// Key names the function within its program, as Go does: F or (*T).M.
func (f *Func) Key() string {
	if f.Recv == "" {
		return f.Name
	}
	return "(*" + f.Recv + ")." + f.Name
}

// A Ref is a lock: a field of what the variable Base points to, or, without
// Field, the package variable Base itself.
type Ref struct {
	Base, Field string
}

// A StmtKind says which fields of a Stmt count.
type StmtKind int

const (
	StmtLock   StmtKind = iota // Ref, Op, Defer
	StmtIf                     // Cond, Body, Else
	StmtLet                    // Name := Cond
	StmtLoop                   // for i := 0; i < N; i++ { Body }
	StmtCall                   // Call, Defer, Go
	StmtReturn                 // Cond, if the function has a result
	StmtPanic
)

// An Op is a method of a lock.
type Op int

const (
	Lock Op = iota
	Unlock
	RLock
	RUnlock
)

func (o Op) String() string { return [...]string{"Lock", "Unlock", "RLock", "RUnlock"}[o] }

// A Stmt is a statement. It is one struct for all kinds, so that deletion and
// copying need no case for each.
type Stmt struct {
	Kind  StmtKind
	Ref   Ref
	Op    Op
	Defer bool
	Go    bool
	Name  string
	Cond  *Expr
	Call  *Call
	Body  []*Stmt
	Else  []*Stmt
}

// An ExprKind says what an Expr is.
type ExprKind int

const (
	ExprOpaque ExprKind = iota // Cond(): either way, each time anew
	ExprVar                    // the variable Name
	ExprTry                    // Ref.TryLock(), or TryRLock if Read
	ExprCall                   // Call
	ExprConst                  // Value
	ExprLit                    // func() { Body }
)

// An Expr is a bool, or a func() if it is an ExprLit or calls a function with
// a FuncResult.
type Expr struct {
	Kind  ExprKind
	Not   bool
	Name  string
	Ref   Ref
	Read  bool
	Call  *Call
	Value bool
	Body  []*Stmt
}

// A CallKind says how a callee is found.
type CallKind int

const (
	CallFunc  CallKind = iota // the declared function with Key Target
	CallValue                 // the func() variable Target
	CallIface                 // Target.Do(), Target of type Doer
	CallLit                   // func() { Body }()
)

// A Call is a call. Of a method, Args[0] is the receiver.
type Call struct {
	Kind   CallKind
	Target string
	Args   []Arg
	Body   []*Stmt
}

// An ArgKind says what an Arg is.
type ArgKind int

const (
	ArgVar    ArgKind = iota // the variable Name
	ArgBool                  // Value
	ArgLit                   // func() { Body }
	ArgFunc                  // the declared function with Key Name, as a value
	ArgMethod                // the method value Base.M, where Name is M's Key
)

// An Arg is an argument.
type Arg struct {
	Kind  ArgKind
	Name  string
	Base  string
	Value bool
	Body  []*Stmt
}

// Type returns the type called name, or nil.
func (p *Program) Type(name string) *Type {
	for _, t := range p.Types {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Global returns the package variable called name, or nil.
func (p *Program) Global(name string) *Global {
	for _, g := range p.Globals {
		if g.Name == name {
			return g
		}
	}
	return nil
}

// Func returns the function with that key, or nil.
func (p *Program) Func(key string) *Func {
	for _, f := range p.Funcs {
		if f.Key() == key {
			return f
		}
	}
	return nil
}
