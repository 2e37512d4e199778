package report

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lockorder/lockorder/lockorder"
)

// section returns what stands below a heading of a page, to the next.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	_, text, ok := strings.Cut(page, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// block returns the first block of code of a text; lang is "" or "go".
func block(t *testing.T, text, lang string) string {
	t.Helper()
	_, code, ok := strings.Cut(text, "```"+lang+"\n")
	code, _, closed := strings.Cut(code, "```\n")
	if !ok || !closed {
		t.Fatalf("no block of %q", lang)
	}
	return code
}

// program returns the example of a page.
func program(t *testing.T, page string) string {
	t.Helper()
	return block(t, section(t, page, "A program that hangs"), "go")
}

// mended returns the example with the declarations that mend it in place of
// those of the same name.
func mended(t *testing.T, page string) string {
	t.Helper()
	patch := block(t, section(t, page, "How to mend it"), "go")
	fset := token.NewFileSet()
	parse := func(src string) *ast.File {
		f, err := parser.ParseFile(fset, "", src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	src := program(t, page)
	names := map[string]bool{}
	for _, d := range parse("package main\n" + patch).Decls {
		names[declName(d)] = true
	}
	f := parse(src)
	for _, d := range slices.Backward(f.Decls) {
		if names[declName(d)] {
			src = src[:fset.Position(d.Pos()).Offset] + src[fset.Position(d.End()).Offset:]
		}
	}
	return src + patch
}

// declName tells declarations apart: a function with its receiver, a type.
func declName(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return types.ExprString(d.Recv.List[0].Type) + "." + d.Name.Name
		}
		return d.Name.Name
	case *ast.GenDecl:
		if s, ok := d.Specs[0].(*ast.TypeSpec); ok {
			return s.Name.Name
		}
	}
	return ""
}

// analysed returns the report of a program of one file.
func analysed(t *testing.T, src string, of ...lockorder.Kind) (r *lockorder.Report, dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"main.go": src, "go.mod": "module example.com/demo\n\ngo 1.24\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lockorder.Run(t.Context(), lockorder.Config{Dir: dir, Kinds: of})
	if err != nil {
		t.Fatal(err)
	}
	return r, dir
}

// Each page promises a program that hangs: the Go runtime says so when no
// goroutine is left that could run. The watchdog is for one that does not.
func TestExamplesHang(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a program for each kind")
	}
	for _, kind := range lockorder.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			text, _ := Explain(kind)
			dir := t.TempDir()
			file := filepath.Join(dir, "main.go")
			if err := os.WriteFile(file, []byte(program(t, text)), 0o644); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			exe := filepath.Join(dir, "demo.exe")
			if out, err := exec.CommandContext(ctx, "go", "build", "-o", exe, file).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			out, err := exec.CommandContext(ctx, exe).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "all goroutines are asleep - deadlock!") {
				t.Errorf("it did not hang: %v\n%s", err, out)
			}
		})
	}
}

// The report that a page shows is the one that its program gets; -update puts
// it there. What mends the program leaves nothing to report.
func TestExamplesAreReportedAndMended(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses two programs for each kind")
	}
	for _, kind := range lockorder.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			page, _ := Explain(kind)
			r, dir := analysed(t, program(t, page), kind)
			if len(r.Findings) != 1 {
				t.Fatalf("%d findings", len(r.Findings))
			}
			got := textOf(t, r, TextOptions{Width: 110, Source: SourceDir(dir)})
			got = got[:strings.LastIndex(got, "\n1 finding ")]
			want := block(t, section(t, page, "How the report reads"), "")
			if *update {
				write(t, filepath.Join("..", "..", "..", "..", "docs", "kinds", string(kind)+".md"), strings.Replace(page, want, got, 1))
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the page's report (-want +got):\n%s", diff)
			}
			r, _ = analysed(t, mended(t, page))
			for _, f := range r.Findings {
				t.Errorf("mended, and still: %s: %s", f.Kind, f.Message)
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestExplanationsHaveTheSameParts(t *testing.T) {
	for _, kind := range lockorder.Kinds {
		text, ok := Explain(kind)
		if !ok || titles[kind] == "" || !strings.HasPrefix(text, "# "+string(kind)+": ") {
			t.Errorf("%s: no headline", kind)
		}
		for _, part := range []string{"## A program that hangs", "## How the report reads", "## How to mend it"} {
			if !strings.Contains(text, part+"\n") {
				t.Errorf("%s: no %q", kind, part)
			}
		}
	}
	if _, ok := Explain("deadlock"); ok {
		t.Error("a word that is no kind has an explanation")
	}
}
