package load

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var importComment = regexp.MustCompile(`(?m)^package \w+[ \t]+(//|/\*)[ \t]*import[ \t]+"[^"\n]*".*$`)

// uncommented returns, as an overlay of the shadow, the files below
// src/vendor/golang_org (1.8 to 1.11) that say they are golang.org/x/... or
// some other path, with the comment blanked. The go command of the time let
// that pass in vendored code; today's takes vendor for such only below
// another folder, and refuses the package.
func (t *tree) uncommented() (map[string][]byte, error) {
	overlay := make(map[string][]byte)
	vendored := filepath.Join("src", "vendor", "golang_org")
	root := filepath.Join(t.dir, vendored)
	if _, err := os.Stat(root); err != nil {
		return nil, nil // a later tree
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if blank, ok := blankImportComment(src); ok {
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			overlay[filepath.Join(t.shadow, vendored, rel)] = blank
		}
		return nil
	})
	return overlay, err
}

// blankImportComment puts spaces in place of the import comment of the
// package clause, so that all positions stay, and reports whether it found one.
func blankImportComment(src []byte) ([]byte, bool) {
	m := importComment.FindSubmatchIndex(src)
	if m == nil {
		return nil, false
	}
	blank := bytes.Clone(src)
	for i := m[2]; i < m[1]; i++ {
		if blank[i] != '\r' {
			blank[i] = ' '
		}
	}
	return blank, true
}
