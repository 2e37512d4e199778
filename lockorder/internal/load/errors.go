package load

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// maxErrors is how many errors a message shows.
const maxErrors = 10

// driverError words a failure of the go command itself.
func (p *Program) driverError(err error) error {
	msg := strings.TrimSpace(p.realNames(err.Error()))
	// go/packages puts the command line before what the command said.
	if _, said, ok := strings.Cut(msg, "exit status 1: "); ok {
		msg = strings.TrimPrefix(said, "stderr: ")
	}
	return fmt.Errorf("%s\n%s", strings.TrimSpace(msg), p.advice(msg))
}

// packageErrors words the errors of pkgs, which come dependencies first, so
// that the cause stands before what follows from it.
func (p *Program) packageErrors(pkgs []*packages.Package) error {
	var lines []string
	seen := make(map[string]bool)
	for _, pkg := range pkgs {
		for _, e := range pkg.Errors {
			if line := p.errorLine(pkg, e); !seen[line] {
				seen[line] = true
				lines = append(lines, line)
			}
		}
	}
	advice := p.advice(strings.Join(lines, "\n"))
	n, s := len(lines), "s"
	if n == 1 {
		s = ""
	}
	if n > maxErrors {
		lines = append(lines[:maxErrors], fmt.Sprintf("and %d more", n-maxErrors))
	}
	return fmt.Errorf("%d error%s:\n\t%s\n%s", n, s, strings.Join(lines, "\n\t"), advice)
}

// errorLine words one error of pkg, with its position or the package's name.
func (p *Program) errorLine(pkg *packages.Package, e packages.Error) string {
	pos := e.Pos
	if pos == "" || pos == "-" {
		pos = pkg.ID
	} else {
		pos = p.shortPos(pos)
	}
	msg := strings.ReplaceAll(strings.TrimSpace(e.Msg), "\n", "\n\t\t")
	return p.realNames(pos + ": " + msg)
}

// shortPos makes pos, which the go command gives relative to its working
// directory and the type checker absolute, relative to ours if below it.
func (p *Program) shortPos(pos string) string {
	if !filepath.IsAbs(pos) {
		pos = filepath.Join(p.listDir, pos)
	}
	pos = p.realNames(pos)
	if cwd, err := os.Getwd(); err == nil && within(pos, cwd) {
		if rel, err := filepath.Rel(cwd, pos); err == nil {
			return rel
		}
	}
	return pos
}

// noMatch words a pattern that names no package.
func noMatch(pattern string, c Config) error {
	if c.GOROOT == "" && !slices.Contains(c.Env, "GO111MODULE=off") && !inModule(c.Dir) {
		return fmt.Errorf("no package matches %s: neither %s nor a folder above it has a go.mod or go.work; make one with go mod init, or name another folder with -C", pattern, c.Dir)
	}
	return fmt.Errorf("no package matches %s; check the spelling, the build tags, GOOS and GOARCH, and that the folder is part of the module or workspace (go list %[1]s tells)", pattern)
}

// inModule reports whether dir or a folder above it has a go.mod or go.work.
func inModule(dir string) bool {
	for {
		for _, name := range []string{"go.mod", "go.work"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// advices say what to do about an error that holds the words.
var advices = []struct{ words, do string }{
	{"go.mod file not found", "Run in a folder with a go.mod or go.work (go mod init makes one), or name one with -C."},
	{"does not contain main module", "Run in a folder with a go.mod or go.work (go mod init makes one), or name one with -C."},
	{"This application uses version", "Rebuild lockorder with the newer Go."},
	{"requires newer Go version", "Rebuild lockorder with the newer Go."},
	{"requires go >=", "Install that Go, or let the go command fetch it with GOTOOLCHAIN=auto."},
	{"updates to go.mod needed", "Run go mod tidy, and then again."},
	{"missing go.sum entry", "Run go mod download or go mod tidy, and then again."},
	{"inconsistent vendoring", "Run go mod vendor, and then again."},
	{"no required module provides package", "Run go mod tidy, and then again."},
	{"cannot find module providing package", "Run go mod tidy, and then again."},
	{"directory prefix", "Name packages of the module, or add the folder's module to go.work (go work use)."},
	{"is not in std", "Check the spelling of the pattern; a folder is written with ./ before its name."},
	{"directory not found", "Check the spelling of the pattern."},
	{"no such directory", "Check the spelling of the pattern."},
	{"no Go files in", "Name a folder that holds Go files."},
	{"build constraints exclude all Go files", "Set -tags, GOOS, GOARCH or CGO_ENABLED as the package needs."},
}

// advice says what to do about errors.
func (p *Program) advice(errs string) string {
	if p.tree != nil && strings.Contains(errs, "is not in std") {
		if strings.Contains(errs, "golang_org/x/") {
			return "Trees before 1.12 can be read for their own packages only (runtime, net/http, std), not under a module."
		}
		return "Check the spelling, or name a tree that has the package: " + p.tree.dir + " does not."
	}
	for _, a := range advices {
		if strings.Contains(errs, a.words) {
			return a.do
		}
	}
	if p.tree != nil {
		return "Check that " + p.tree.dir + " is a whole Go tree of 1.8 or later; if its build generates what is missing, run its make.bash first."
	}
	return "Mend these (go vet shows them too), and run again."
}

// realNames puts the user's tree for the shadow of it in a message.
func (p *Program) realNames(msg string) string {
	if p.tree == nil {
		return msg
	}
	return strings.ReplaceAll(msg, p.tree.shadow, p.tree.dir)
}
