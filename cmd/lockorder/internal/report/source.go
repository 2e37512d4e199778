package report

import (
	"os"
	"path/filepath"
	"strings"
)

// maxQuoted is the size in bytes above which a file is not read for a quote.
const maxQuoted = 16 << 20

// SourceDir returns a reader of source lines for [TextOptions.Source], in which
// relative file names are below dir. It reads each file once, and returns "" for
// a line that it cannot read: the report is about positions, a quote is a help.
func SourceDir(dir string) func(file string, line int) string {
	files := map[string][]string{}
	return func(file string, line int) string {
		lines, ok := files[file]
		if !ok {
			lines = readLines(dir, file)
			files[file] = lines
		}
		if line < 1 || line > len(lines) {
			return ""
		}
		return lines[line-1]
	}
}

func readLines(dir, file string) []string {
	path := filepath.FromSlash(file)
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxQuoted {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Split(string(data), "\n")
}
