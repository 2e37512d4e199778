package model

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Verb is what a clause does.
type Verb uint8

// The verbs.
const (
	Acquires Verb = iota
	Releases
	Waits
	Calls
	Spawns
	Returns
	Stores
	Links
	Yields
	Joins
	Begins
	Finishes
	Notifies
	Formats
	Fails
	Body
	Permits
	NoReturn
	Switches
	Silent
)

var verbs = map[string]Verb{
	"acquires": Acquires, "releases": Releases, "waits": Waits, "calls": Calls,
	"spawns": Spawns, "returns": Returns, "stores": Stores, "links": Links, "yields": Yields, "formats": Formats, "fails": Fails, "joins": Joins, "begins": Begins, "finishes": Finishes, "notifies": Notifies, "body": Body, "permits": Permits, "noreturn": NoReturn, "switches": Switches, "silent": Silent,
}

// An Operand says where an expression starts.
type Operand uint8

// The operands.
const (
	Nothing Operand = iota // _, or a pseudo lock that is one for all
	Arg                    // the Index'th argument, the receiver first
	Result                 // the Index'th result
)

// An Expr names a lock or a function in terms of a call.
type Expr struct {
	Operand Operand
	Index   int
	Fields  []string
	Pseudo  string // canonical name, for a pseudo lock
	Elem    bool   // an element of it:
	Key     int    // that at the Key'th argument, or, below 0, any
}

// A Cond is a condition on a result.
type Cond struct {
	Result int
	Field  string // of the result, or ""
	Want   bool
}

// A Clause is one thing that a function does.
type Clause struct {
	Verb      Verb
	Expr      Expr
	Mode      lock.Mode
	Try       bool
	Reentrant bool  // its holder may take it again
	Rank      int   // the argument that is the lock's class, or -1
	If        *Cond // nil: always
	Args      []Expr
	Holding   *Expr
	Awaiting  *Expr
	Finishing *Expr
	In        *Expr // where Stores puts it
	// Detached: the caller goes on even where the function it calls does not
	// return to it, as after a switch of goroutines.
	Detached bool
	Within   bool   // of all values in the argument too
	Sole     bool   // only if what permits made it permits one
	Field    string // of the result, for Links
}

// A Model is all that a function does.
type Model struct {
	Func    string // as (*ssa.Function).String writes it
	Clauses []Clause
	Where   string // file:line, for messages
}

// Does reports whether some clause has the verb.
func (m *Model) Does(v Verb) bool {
	for _, c := range m.Clauses {
		if c.Verb == v {
			return true
		}
	}
	return false
}

// Parse reads the clauses of one function of package pkg. A method's
// arguments count from the receiver, so that arg0 is the first that stands
// in parentheses.
func Parse(pkg, fn, text string) (*Model, error) {
	m := &Model{Func: Qualify(pkg, fn)}
	method := strings.HasPrefix(fn, "(")
	for _, s := range strings.Split(text, ";") {
		p := &parser{pkg: pkg, method: method, words: tokens(s)}
		c, err := p.clause()
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", m.Func, strings.TrimSpace(s), err)
		}
		m.Clauses = append(m.Clauses, c)
	}
	return m, nil
}

// Qualify turns a function's name as rows write it, "(*Mutex).Lock" or
// "lock", into the name that go/ssa gives it.
func Qualify(pkg, fn string) string {
	switch {
	case strings.HasPrefix(fn, "(*"):
		return "(*" + pkg + "." + fn[2:]
	case strings.HasPrefix(fn, "("):
		return "(" + pkg + "." + fn[1:]
	}
	return pkg + "." + fn
}

func tokens(s string) []string {
	s = strings.NewReplacer("(", " ( ", ")", " ) ", ",", " , ", "!", " ! ").Replace(s)
	return strings.Fields(s)
}

type parser struct {
	pkg    string
	method bool
	words  []string
}

func (p *parser) peek() string {
	if len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

func (p *parser) next() string {
	w := p.peek()
	if w != "" {
		p.words = p.words[1:]
	}
	return w
}

func (p *parser) accept(w string) bool {
	if p.peek() != w {
		return false
	}
	p.next()
	return true
}

func (p *parser) clause() (Clause, error) {
	c := Clause{Rank: -1}
	word := p.next()
	verb, ok := verbs[word]
	if !ok {
		return c, fmt.Errorf("unknown verb %q", word)
	}
	c.Verb = verb
	if verb == Waits {
		c.Mode = lock.Wait
	}
	var err error
	switch verb {
	case NoReturn, Switches, Silent, Body, Fails:
	case Links:
		if c.Field = p.next(); !p.accept("to") {
			return c, fmt.Errorf("want links FIELD to ARG")
		}
		if c.Expr, err = p.operand(p.next()); err != nil {
			return c, err
		}
	case Stores:
		if c.Expr, err = p.operand(p.next()); err != nil {
			return c, err
		}
		if !p.accept("in") {
			return c, fmt.Errorf("want stores ARG in PLACE")
		}
		in, err := p.operand(p.next())
		if err != nil {
			return c, err
		}
		c.In = &in
	case Calls, Spawns, Formats, Permits:
		if c.Expr, err = p.operand(p.next()); err != nil {
			return c, err
		}
		if p.accept("(") {
			if c.Args, err = p.args(); err != nil {
				return c, err
			}
		}
	default:
		if c.Expr, err = p.expr(); err != nil {
			return c, err
		}
	}
	for len(p.words) > 0 {
		if err := p.modifier(&c); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (p *parser) modifier(c *Clause) error {
	switch w := p.next(); w {
	case "shared":
		c.Mode = lock.Shared
	case "try":
		c.Try = true
	case "reentrant":
		c.Reentrant = true
	case "within":
		if n := len(c.Expr.Fields); c.Verb != Calls || n == 0 {
			return fmt.Errorf("want calls ARG.METHOD before within")
		}
		c.Within = true
	case "sole":
		c.Sole = true
	case "detached":
		c.Detached = true
	case "as":
		if p.next() != "rank" || !p.accept("(") {
			return fmt.Errorf("want rank(argN) after as")
		}
		e, err := p.operand(p.next())
		if err != nil {
			return err
		}
		c.Rank = e.Index
		if !p.accept(")") {
			return fmt.Errorf("want ) after rank(argN")
		}
	case "awaiting":
		e, err := p.expr()
		if err != nil {
			return err
		}
		c.Awaiting = &e
	case "finishing":
		e, err := p.expr()
		if err != nil {
			return err
		}
		c.Finishing = &e
	case "holding":
		e, err := p.expr()
		if err != nil {
			return err
		}
		c.Holding = &e
	case "if":
		cond := &Cond{Want: !p.accept("!")}
		e, err := p.operand(p.next())
		if err != nil || e.Operand != Result || len(e.Fields) > 1 {
			return fmt.Errorf("want result, resultN or result.field after if")
		}
		cond.Result = e.Index
		if len(e.Fields) == 1 {
			cond.Field = e.Fields[0]
		}
		c.If = cond
	default:
		return fmt.Errorf("unexpected %q", w)
	}
	return nil
}

func (p *parser) args() ([]Expr, error) {
	var args []Expr
	for {
		e, err := p.operand(p.next())
		if err != nil {
			return nil, err
		}
		args = append(args, e)
		switch p.next() {
		case ",":
		case ")":
			return args, nil
		default:
			return nil, fmt.Errorf("want , or ) in the arguments")
		}
	}
}

// expr reads an operand or a pseudo lock.
func (p *parser) expr() (Expr, error) {
	w := p.next()
	if e, err := p.operand(w); err == nil && e.Operand != Nothing {
		return e, nil
	}
	if w == "" || !isIdent(w) {
		return Expr{}, fmt.Errorf("want a lock, found %q", w)
	}
	name := w
	if !strings.Contains(w, "/") && strings.Count(w, ".") == 0 {
		name = p.pkg + "." + w
	}
	e := Expr{Pseudo: name}
	if p.accept("(") {
		o, err := p.operand(p.next())
		if err != nil {
			return e, err
		}
		e.Operand, e.Index, e.Fields = o.Operand, o.Index, o.Fields
		if !p.accept(")") {
			return e, fmt.Errorf("want ) after %s(", w)
		}
	}
	return e, nil
}

func isIdent(s string) bool {
	for _, r := range s {
		if !(r == '_' || r == '.' || r == '/' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127) {
			return false
		}
	}
	return true
}

func (p *parser) operand(w string) (Expr, error) {
	if of, key, ok := strings.Cut(strings.TrimSuffix(w, "]"), "["); ok && len(w) == len(of)+len(key)+2 {
		e, err := p.operand(of)
		if err != nil {
			return e, err
		}
		e.Elem, e.Key = true, -1
		if key != "" {
			k, err := p.operand(key)
			if err != nil || k.Operand != Arg || k.Elem || k.Fields != nil {
				return e, fmt.Errorf("want an argument between the brackets of %q", w)
			}
			e.Key = k.Index
		}
		return e, nil
	}
	parts := strings.Split(w, ".")
	e := Expr{Fields: parts[1:]}
	if len(e.Fields) == 0 {
		e.Fields = nil
	}
	head := parts[0]
	shift := 0
	if p.method {
		shift = 1
	}
	switch {
	case head == "_":
		return Expr{}, nil
	case head == "recv" && p.method:
		e.Operand = Arg
		return e, nil
	case head == "result":
		e.Operand = Result
		return e, nil
	case strings.HasPrefix(head, "arg"):
		n, err := strconv.Atoi(head[3:])
		if err == nil && n >= 0 {
			e.Operand, e.Index = Arg, n+shift
			return e, nil
		}
	case strings.HasPrefix(head, "result"):
		n, err := strconv.Atoi(head[6:])
		if err == nil && n >= 0 {
			e.Operand, e.Index = Result, n
			return e, nil
		}
	}
	return e, fmt.Errorf("want recv, argN or resultN, found %q", w)
}

// Calling reports whether the clause runs the i'th argument.
func (c *Clause) Calling(i int) bool {
	return (c.Verb == Calls || c.Verb == Spawns) && c.Expr.Operand == Arg && c.Expr.Index == i && len(c.Expr.Fields) == 0
}

// Stores reports whether a call puts its i'th argument somewhere.
func (m *Model) Stores(i int) bool {
	for _, c := range m.Clauses {
		if c.Verb == Stores && c.Expr.Index == i {
			return true
		}
	}
	return false
}

// Moves reports whether the function does no more than to put and fetch
// values.
func (m *Model) Moves() bool {
	for _, c := range m.Clauses {
		if c.Verb != Stores && c.Verb != Returns {
			return false
		}
	}
	return true
}
