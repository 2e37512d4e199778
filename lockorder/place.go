package lockorder

import (
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// frame is one function of a chain. The last has no call to make: it takes the
// lock.
func (b *builder) frame(fn *ssa.Function, at ssa.Instruction, via string) Frame {
	if via == "" {
		via = "call"
	}
	return Frame{Func: b.funcName(fn), Pos: b.pos(at, fn), Via: via}
}

// pos gives the place of an instruction, or of its function where the
// instruction has none.
func (b *builder) pos(in ssa.Instruction, fn *ssa.Function) Pos {
	if f, ok := in.(*flow.Far); ok {
		return Pos{File: f.File, Line: f.Line, Column: f.Column, Func: b.funcName(f.Fn)}
	}
	p := token.NoPos
	if in != nil {
		p = in.Pos()
		if !p.IsValid() {
			p = nearPos(in)
		}
	}
	if !p.IsValid() {
		p = fn.Pos()
	}
	at := b.position(p)
	return Pos{File: b.fileName(at.Filename), Line: at.Line, Column: at.Column, Func: b.funcName(fn)}
}

// nearPos finds the position of an operand or neighbour of an instruction
// that the compiler made.
func nearPos(in ssa.Instruction) token.Pos {
	if d, ok := in.(*ssa.RunDefers); ok {
		return d.Parent().Pos()
	}
	if b := in.Block(); b != nil {
		for i := len(b.Instrs) - 1; i >= 0; i-- {
			if b.Instrs[i].Pos().IsValid() {
				return b.Instrs[i].Pos()
			}
		}
	}
	return token.NoPos
}

// names are those of functions and files, each made once: the chains of a
// graph say the same few in millions of frames. The zero value is ready.
type names struct {
	functions map[*ssa.Function]string
	files     map[string]string
}

// fileName writes a file relative to the working directory, if it is below it.
func (b *builder) fileName(file string) string {
	if b.names.files == nil {
		b.names.files = make(map[string]string)
	}
	name, ok := b.names.files[file]
	if !ok {
		name = filepath.ToSlash(file)
		if rel, err := filepath.Rel(b.dir, file); err == nil && !strings.HasPrefix(rel, "..") {
			name = filepath.ToSlash(rel)
		}
		b.names.files[file] = name
	}
	return name
}

// funcName is funcName, made once for each function.
func (b *builder) funcName(f *ssa.Function) string {
	if b.names.functions == nil {
		b.names.functions = make(map[*ssa.Function]string)
	}
	name, ok := b.names.functions[f]
	if !ok {
		name = funcName(f)
		b.names.functions[f] = name
	}
	return name
}

// funcName writes a function as import/path.(*T).m.
func funcName(f *ssa.Function) string { return flow.FuncName(f) }
