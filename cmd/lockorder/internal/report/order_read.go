package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A KeptOrder is a lock hierarchy as [Order] has printed it into a file that
// somebody keeps, in any of its formats. A lock may be taken under the locks of
// the layers above its own; an edge that is listed is allowed in any case.
type KeptOrder struct {
	layers map[string]int // by name, as it is printed; 0 for locks without an edge
	lines  map[string]int // where the name has its layer
	edges  map[[2]string]bool
}

// ReadOrder reads such a file. What is not of the hierarchy's form is left to
// its readers: a table may stand in a page with other text. The error is r's,
// or that there is no hierarchy.
func ReadOrder(r io.Reader) (*KeptOrder, error) {
	k := &KeptOrder{layers: map[string]int{}, lines: map[string]int{}, edges: map[[2]string]bool{}}
	var read func(line string, n int) error
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimRight(s.Text(), " \r")
		if read == nil {
			read = k.reader(line)
			continue
		}
		if err := read(line, n); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if read == nil && s.Err() == nil {
		return nil, errors.New("there is no lock order in it; -order, -order=markdown and -order=mermaid print one")
	}
	return k, s.Err()
}

// reader chooses by the line that a hierarchy begins with.
func (k *KeptOrder) reader(line string) func(string, int) error {
	switch {
	case strings.HasPrefix(line, "lock order:"):
		return k.readText()
	case strings.HasPrefix(line, "| layer | held |"):
		return k.readMarkdown()
	case strings.HasPrefix(line, "flowchart TD"):
		return k.readMermaid()
	}
	return nil
}

// put gives a lock its layer: one, and only one.
func (k *KeptOrder) put(name string, layer, line int) error {
	if old, ok := k.layers[name]; ok && old != layer {
		return fmt.Errorf("%s is in layer %d and, by line %d, in layer %d", name, layer, k.lines[name], old)
	}
	if _, ok := k.layers[name]; !ok {
		k.layers[name], k.lines[name] = layer, line
	}
	return nil
}

// readText reads the indented lists of the text.
func (k *KeptOrder) readText() func(string, int) error {
	layer, held := -1, ""
	return func(line string, n int) error {
		switch {
		case strings.HasPrefix(line, "layer "):
			l, err := strconv.Atoi(strings.TrimPrefix(line, "layer "))
			if err != nil || l < 1 {
				return fmt.Errorf("%q: want layer and a number", line)
			}
			layer = l
		case line == "never held with another":
			layer = 0
		case strings.HasPrefix(line, "    > "):
			fields := strings.Fields(strings.TrimPrefix(line, "    > "))
			if held == "" || len(fields) == 0 {
				return fmt.Errorf("%q: want a lock after >, below the lock that is held", line)
			}
			k.edges[[2]string{held, fields[0]}] = true
		case strings.HasPrefix(line, "  "):
			if layer < 0 {
				return fmt.Errorf("%q: a lock before the first layer", line)
			}
			held = strings.TrimSpace(line)
			return k.put(held, layer, n)
		}
		return nil
	}
}

// cells splits a row of a Markdown table at the bars that are not escaped.
var cells = regexp.MustCompile(`(?:[^|\\]|\\.)*`)

// readMarkdown reads the rows of the table, and the list below it of the locks
// that are never held with another.
func (k *KeptOrder) readMarkdown() func(string, int) error {
	table, alone := true, false
	return func(line string, n int) error {
		table = table && strings.HasPrefix(line, "|")
		alone = alone || line == "Never held with another:"
		switch name, item := strings.CutPrefix(line, "- `"); {
		case table && !strings.HasPrefix(line, "| ---"):
			return k.row(line, n)
		case alone && item:
			return k.put(uncell(name), 0, n)
		case alone && line != "" && !strings.HasSuffix(line, ":"):
			alone = false
		}
		return nil
	}
}

// row reads one row of the table.
func (k *KeptOrder) row(line string, n int) error {
	row := cells.FindAllString(strings.Trim(line, "|"), -1)
	if len(row) < 3 {
		return fmt.Errorf("%q: want the cells layer, held, then taken", line)
	}
	layer, err := strconv.Atoi(strings.TrimSpace(row[0]))
	held, taken := uncell(row[1]), uncell(row[2])
	if err != nil || layer < 1 || held == "" {
		return fmt.Errorf("%q: want the number of a layer, and a lock", line)
	}
	if taken != "" {
		k.edges[[2]string{held, taken}] = true
	}
	return k.put(held, layer, n)
}

// uncell undoes cell.
func uncell(s string) string {
	return strings.ReplaceAll(strings.Trim(strings.TrimSpace(s), "`"), `\|`, "|")
}

var (
	mermaidLayer = regexp.MustCompile(`^\s*subgraph layer(\d+)\b`)
	mermaidNode  = regexp.MustCompile(`^\s*(l\d+)\["(.*)"\]`)
	mermaidEdge  = regexp.MustCompile(`^\s*(l\d+) (?:-->|==>)(?:\|".*"\|)? (l\d+)$`)
)

// readMermaid reads the nodes, each in the subgraph of its layer, and the
// arrows.
func (k *KeptOrder) readMermaid() func(string, int) error {
	layer := 0
	names := map[string]string{}
	return func(line string, n int) error {
		if m := mermaidLayer.FindStringSubmatch(line); m != nil {
			layer, _ = strconv.Atoi(m[1]) // it is digits
			return nil
		}
		if m := mermaidNode.FindStringSubmatch(line); m != nil {
			names[m[1]] = mermaidPlain(m[2])
			return k.put(names[m[1]], layer, n)
		}
		m := mermaidEdge.FindStringSubmatch(line)
		if m == nil {
			return nil
		}
		held, taken := names[m[1]], names[m[2]]
		if held == "" || taken == "" {
			return fmt.Errorf("%q: a node of it is not in a layer", strings.TrimSpace(line))
		}
		k.edges[[2]string{held, taken}] = true
		return nil
	}
}

// mermaidPlain undoes mermaidText.
func mermaidPlain(s string) string {
	return strings.NewReplacer("#35;", "#", "#quot;", `"`, "#lt;", "<", "#gt;", ">", "#96;", "`", "#amp;", "&").Replace(s)
}
