package load

import (
	"go/token"

	"golang.org/x/tools/go/packages"
)

// Position returns the position of pos with the name that the file has for
// the user: files of a foreign tree are under Program.GOROOT, generated ones
// where the build of that tree would have put them.
func (p *Program) Position(pos token.Pos) token.Position {
	return p.Fset.Position(pos) // files were given their real names as they were parsed
}

// realName maps a file of the shadow tree to the user's.
func (p *Program) realName(file string) string {
	if p.tree == nil {
		return file
	}
	return p.tree.realName(file)
}

// rename gives pkg's files their real names.
func (p *Program) rename(pkg *packages.Package) {
	if p.tree == nil {
		return
	}
	pkg.Dir = p.realName(pkg.Dir)
	for _, files := range [][]string{pkg.GoFiles, pkg.CompiledGoFiles, pkg.OtherFiles, pkg.EmbedFiles, pkg.IgnoredFiles} {
		for i, f := range files {
			files[i] = p.realName(f)
		}
	}
}
