package main

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The lines around a dump, as lockorder/internal/trophy/testdata/nats writes them.
const dumpBegin, dumpEnd = "lockorder: dump", "lockorder: end"

// dumps gives the dumps in what a reproduction writes; one that is cut off is
// none.
func dumps(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		in := bufio.NewReader(r)
		var text strings.Builder
		inside := false
		for {
			line, err := in.ReadString('\n')
			switch strings.TrimSuffix(line, "\n") {
			case dumpBegin:
				text.Reset()
				inside = true
			case dumpEnd:
				if inside && !yield(text.String(), nil) {
					return
				}
				inside = false
			default:
				if inside {
					text.WriteString(line)
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield("", err)
				return
			}
		}
	}
}

// A goroutine is one of a dump, its frames from the innermost out.
type goroutine struct {
	id, state string
	frames    []frame
}

type frame struct {
	function string
	args     string
	pos      string // file:line, the file without its folder
}

var (
	goroutineLine = regexp.MustCompile(`^goroutine (\d+) .*?\[([^\],]+)`)
	frameLine     = regexp.MustCompile(`^(\S.*)\(([^()]*)\)$`)
	positionLine  = regexp.MustCompile(`^\t(.+:\d+)`)
	// A value with a question mark after it may be an old one: it is no match.
	pointer = regexp.MustCompile(`0x[0-9a-f]{6,}\b[^?]`)
)

// parseDump reads what runtime.Stack writes.
func parseDump(text string) []goroutine {
	var gs []goroutine
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := goroutineLine.FindStringSubmatch(line); m != nil {
			gs = append(gs, goroutine{id: m[1], state: m[2]})
			continue
		}
		if len(gs) == 0 {
			continue
		}
		g := &gs[len(gs)-1]
		if m := frameLine.FindStringSubmatch(line); m != nil {
			g.frames = append(g.frames, frame{function: m[1], args: m[2]})
		} else if m := positionLine.FindStringSubmatch(line); m != nil && len(g.frames) > 0 {
			if last := &g.frames[len(g.frames)-1]; last.pos == "" {
				last.pos = path.Base(m[1])
			}
		}
	}
	return gs
}

// A site is where a goroutine waits for a lock: in the function at, which under
// called, itself or through others. Both are the ends of names.
type site struct{ at, under string }

// find returns the frames of the site, when the goroutine waits for a lock there.
func (s site) find(g goroutine) ([]frame, bool) {
	if !strings.HasPrefix(g.state, "sync.Mutex") && !strings.HasPrefix(g.state, "sync.RWMutex") {
		return nil, false
	}
	at := slices.IndexFunc(g.frames, func(f frame) bool {
		return !strings.HasPrefix(f.function, "sync.") && !strings.HasPrefix(f.function, "internal/sync.")
	})
	if at < 0 || !strings.HasSuffix(g.frames[at].function, s.at) {
		return nil, false
	}
	for _, f := range g.frames[at+1:] {
		if strings.HasSuffix(f.function, s.under) {
			return []frame{g.frames[at], f}, true
		}
	}
	return nil, false
}

// still looks for two goroutines that stand at the two sites in both dumps, and
// share an object, so that goroutines of two servers in one process are no pair.
func still(before, now []goroutine, sites [2]site) (where [2]string, ok bool) {
	for _, a := range now {
		fa, ok := sites[0].find(a)
		if !ok || !stood(before, a) {
			continue
		}
		for _, b := range now {
			fb, ok := sites[1].find(b)
			if ok && stood(before, b) && shareObject(fa, fb) {
				return [2]string{whereabouts(fa), whereabouts(fb)}, true
			}
		}
	}
	return where, false
}

// stood says whether the goroutine was where it is, with the same arguments.
func stood(before []goroutine, g goroutine) bool {
	return slices.ContainsFunc(before, func(b goroutine) bool {
		return b.id == g.id && b.state == g.state && slices.Equal(b.frames, g.frames)
	})
}

func shareObject(a, b []frame) bool {
	objects := func(fs []frame) []string {
		var all []string
		for _, f := range fs {
			all = append(all, pointers(f.args)...)
		}
		return all
	}
	in := objects(b)
	return slices.ContainsFunc(objects(a), func(p string) bool { return slices.Contains(in, p) })
}

// pointers are the values that look like addresses.
func pointers(args string) []string {
	found := pointer.FindAllString(args+" ", -1)
	for i, p := range found {
		found[i] = p[:len(p)-1]
	}
	return found
}

// whereabouts tells where a goroutine stands, for a cell.
func whereabouts(fs []frame) string {
	return code(path.Base(fs[0].function)) + " " + fs[0].pos + ", below " + code(path.Base(fs[1].function)) + " " + fs[1].pos
}
