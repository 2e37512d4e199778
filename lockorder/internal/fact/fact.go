package fact

// A Ref is an index into a table, from 1; 0 is none.
type Ref = int

// A Package holds the facts about one package and all that it imports.
type Package struct {
	Strings []string
	Fields  []Field
	Paths   []Path
	Places  []Place
	Sites   []Site
	Helds   []Held
	Classes []Class
	Nodes   []Node
	// Dead names the functions that do not return: what follows a call of
	// theirs is not reached.
	Dead []Dead
	// Pipes and Feeds resolve open calls; see link.Pipe and link.Feed.
	Pipes []Pipe
	Feeds []Feed
	// Types and Puts say what an interface may be; see link.Put.
	Types []Type
	Puts  []Put
	// Stores say what functions keep of their arguments; see link.store.
	Stores []Store
	// Waits are what the Signals of the nodes end; Flows say in what order the
	// functions that signal do what is told of them.
	Waits []Wait
	Flows []Flow

	Policy []Policy
}

// What a Policy is.
const (
	Model  = iota // Text is a model.Model in JSON
	Order         // Text is a JSON list of locks
	Ignore        // Kind and Text, the reason
)

// A Policy is a comment that importers heed: a model, a declared order, an
// accepted place.
type Policy struct {
	What       int
	Kind, Text string
	File       string
	Line       int
}

// A Pipe leads from one slot to another.
type Pipe struct{ From, To Ref }

// A Feed is a function that calls of a method of what is in a slot reach.
type Feed struct{ Slot, Method, Fn Ref }

// A Type is a concrete type that is made into interfaces, and its methods that
// are told of.
type Type struct {
	Name    Ref
	Methods []Method
}

// A Method is a function by its name as a method.
type Method struct{ ID, Fn Ref }

// A Store says that a function puts an argument into a field of another, or,
// if Made, of what it makes and returns as that result; if Elem, into the
// elements of the container in the field.
type Store struct {
	Fn         Ref // a string
	Owner      int
	Field      Ref
	Made, Elem bool
	Value      int
}

// A Wait is something that is waited for: a channel, a WaitGroup, a Cond. It is
// a field, or the variable Pkg.Name, or, if neither is set, local to a function.
// What has the same Set may be the same. The rest is link.room's.
type Wait struct {
	Class                  Ref // a string
	Field                  Ref
	Pkg, Name              Ref // strings
	Set                    int
	Buffered, Sized, Token bool
}

// A Flow is the flow of control in a function. The first of its blocks is the
// entry. Those without a spot may be left out.
type Flow struct {
	Blocks []Block
	Spots  []Spot
}

// A Block has the indexes of those that may follow.
type Block struct{ Succs []int }

// A Spot is a place in a block. Deferred: it runs when the function returns.
// Choice: it is one of several cases of a select. Cancelled: of these, another
// is that a context is cancelled.
type Spot struct {
	Place                       Ref
	Block                       int
	Deferred, Choice, Cancelled bool
}

// A Put says that a type, by its name, may be in a slot.
type Put struct{ Slot, Type Ref }

// A Field is a struct field. Key is the name that its declaration gives it,
// Class the name of the locks in it.
type Field struct {
	Key, Class, Alias, Pkg, Name Ref // strings
	Wrapper                      bool
}

// A Path is a lock.Path: Kind, Index and Base as there; Field or Name (a
// string), and Pkg for a global.
type Path struct {
	Kind      uint8
	Index     int
	Base      Ref
	Field     Ref
	Pkg, Name Ref
}

// A Place is an instruction: the function it is in, and where that stands.
// Order tells which of two in one function comes first.
type Place struct {
	Fn, File     Ref
	Line, Column int
	Order        int
}

// A Site is a flow.Site.
type Site struct {
	Place              Ref
	Via                Ref
	Inner              Ref
	Released, ByCaller bool
	Leaked             bool // a leak of what is taken here has been told of
}

// A Held is a lock held, or a lock of the caller's released, which has no Site.
type Held struct {
	Path  Ref
	Mode  uint8
	Site  Ref
	Fresh bool
	Try   bool
}

// A Class tells in which modes (a bit each) a class is taken, and one place
// where it is taken exclusively.
type Class struct {
	Name   Ref
	Modes  uint
	Writer Ref  // site
	Given  bool // it changes hands: somebody releases what he has not taken
}

// A Gate is a class in a mode, held on every way into a node.
type Gate struct {
	Class Ref
	Mode  uint8
}

// A Node is a function in a context.
type Node struct {
	Fn  Ref
	Key Ref // of the context
	// Results is the number of results.
	Results int
	// Slots are the parameters that decide what the function does.
	Slots []int
	// Root: somebody outside may call it. Spawned: another goroutine than the
	// first runs it, or may. Started: some goroutine begins with it.
	Root, Spawned, Started bool
	Must                   []Gate

	Acquires []Acquire
	Calls    []Call
	Opens    []Open
	Signals  []Signal
	Exits    []Exit
}

// An Acquire is a flow.Acquire.
type Acquire struct {
	Path   Ref
	Mode   uint8
	Nested bool
	Site   Ref
	Held   []Ref
	Holes  []Ref
}

// A Call is a flow.Call.
type Call struct {
	Place   Ref
	Callees []Callee
	Held    []Ref
	Holes   []Ref
}

// A Callee is a node called: Args gives the values of its roots as far as
// anybody can need them.
type Callee struct {
	Node  Ref
	Via   Ref
	Args  []Value
	Binds []Value
}

// A Value is what is known of a slot or a result.
type Value struct {
	Slot  int
	Path  Ref
	Const Ref // a string
	Nil   bool
	Set   bool // it is not nil
	Dyn   Ref  // a string: the concrete type of the interface,
	OrNil bool // unless that is nil
	Fn    Ref  // a string: the function it is
	Binds []Value
}

// An Open is a call that an importer may resolve: of the function in a slot,
// or of Method of the interface there. Path is set where it is a parameter.
type Open struct {
	Place  Ref
	Path   Ref
	Slot   Ref
	Method Ref // a string, or 0
	Via    Ref
	Args   []Value
	Held   []Ref
	Holes  []Ref
}

// A Signal is a flow.Signal.
type Signal struct {
	Path  Ref
	Mode  uint8
	Place Ref
	Held  []Ref
	End   Ref // node
}

// An Exit is a flow.Exit.
type Exit struct {
	Held    []Ref
	Holes   []Ref
	Results []Value
	Conds   []Cond
}

// A Cond is a flow.SlotFact.
type Cond struct {
	Slot int
	Path Ref
	Val  Ref
	Is   bool
}

// A Dead function dies, or never returns.
type Dead struct {
	Fn   Ref
	Dies bool
}
