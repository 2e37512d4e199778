package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/lockorder/lockorder/lockorder"
)

// kernelModule is the module in which the kernels are analysed, a package each.
// GoBench was written for Go 1.13: the kernels rely on one loop variable for all
// rounds.
const kernelModule = "goker.example"

// A kernelLabel is GoBench's word on a kernel.
type kernelLabel struct {
	Type    string `json:"type"`
	Subtype string `json:"subtype"`
}

// resource says that the kernel hangs on locks alone.
func (l kernelLabel) resource() bool { return l.Type == "Resource Deadlock" }

func (l kernelLabel) String() string {
	return strings.TrimSuffix(l.Type, " Deadlock") + " / " + l.Subtype
}

// gobench measures the tool on GoBench's blocking kernels, all in one run.
func gobench(ctx context.Context, b *bench) (bool, error) {
	root := b.vars["LOCKORDER_GOBENCH"]
	labels, err := readLabels(root)
	if err != nil {
		return false, err
	}
	scratch, err := os.MkdirTemp("", "lockorder-goker-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(scratch)
	if scratch, err = filepath.EvalSymlinks(scratch); err != nil {
		return false, err
	}
	ids := sortedKeys(labels)
	for _, id := range ids {
		if err := copyKernel(root, scratch, id); err != nil {
			return false, err
		}
	}
	mod := "module " + kernelModule + "\n\ngo 1.13\n"
	if err := os.WriteFile(filepath.Join(scratch, "go.mod"), []byte(mod), 0o666); err != nil {
		return false, err
	}
	o, err := b.measure(ctx, "gobench", call{dir: scratch, env: []string{"GOWORK=off", "GOFLAGS=-mod=mod"}, args: []string{"./..."}})
	if err != nil {
		return false, err
	}
	// A kernel that was not read is silent, and would pass for it.
	if unread := unreadKernels(o.report); unread != nil {
		return false, fmt.Errorf("not analysed: %s", strings.Join(unread, "; "))
	}

	byKernel := make(map[string][]*lockorder.Finding)
	for i := range o.report.Findings {
		f := &o.report.Findings[i]
		id := kernelOf(scratch, o, f, labels)
		byKernel[id] = append(byKernel[id], f)
	}
	t := newTable("kernel", "label", "expected", "reported", "verdict")
	var sum tally
	for _, id := range ids {
		if !b.wants(id) {
			continue
		}
		v := judgeKernel(id, labels[id], byKernel[id])
		sum.add(labels[id], v)
		t.add(id, labels[id].String(), expected(id), reported(byKernel[id]), v.String())
	}
	if outside := byKernel[""]; len(outside) > 0 && len(b.only) == 0 {
		sum.wrong += len(outside)
		t.add("(none)", "", "nothing", reported(outside), "false")
	}
	fmt.Fprintf(b.out, "## GoBench, blocking kernels (%.1f s)\n\n", o.seconds)
	t.print(b.out)
	ok := sum.missed == 0 && sum.wrong == 0
	acceptance(b.out, "gobench", ok, sum.String())
	return ok, nil
}

// readLabels reads GoBench's labels and checks that kernels.go speaks of these
// kernels only.
func readLabels(root string) (map[string]kernelLabel, error) {
	path := filepath.Join(root, "gobench", "configures", "goker", "blocking.json")
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: LOCKORDER_GOBENCH must be %s", err, variables["LOCKORDER_GOBENCH"])
	}
	labels := make(map[string]kernelLabel)
	if err := json.Unmarshal(data, &labels); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	for _, id := range sortedKeys(kernels) {
		if _, ok := labels[id]; !ok {
			return nil, fmt.Errorf("%s has no kernel %s, of which kernels.go speaks", path, id)
		}
	}
	for _, id := range sortedKeys(labels) {
		if labels[id].resource() && len(kernels[id].want) == 0 {
			return nil, fmt.Errorf("kernels.go does not say what %s, a resource deadlock, is reported as", id)
		}
	}
	return labels, nil
}

// copyKernel copies the source of a kernel, all of it in one _test.go file, as a
// package of the scratch module. Lines stay as they are.
func copyKernel(root, scratch, id string) error {
	project, number, _ := strings.Cut(id, "_")
	pattern := filepath.Join(root, "gobench", "goker", "blocking", project, number, "*_test.go")
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) != 1 {
		return fmt.Errorf("%s: want one file, found %d", pattern, len(files))
	}
	src, err := os.ReadFile(files[0])
	if err != nil {
		return err
	}
	dir := filepath.Join(scratch, id)
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(files[0]), "_test.go") + ".go"
	return os.WriteFile(filepath.Join(dir, name), src, 0o666)
}

// unreadKernels lists what the report says of kernels not analysed.
func unreadKernels(r *lockorder.Report) []string {
	var unread []string
	for _, what := range r.NotAnalysed {
		if strings.Contains(what, kernelModule) {
			unread = append(unread, what)
		}
	}
	return unread
}

// kernelOf tells the kernel in whose source f is, by its position or else by
// its locks; "" is outside of all.
func kernelOf(scratch string, o *outcome, f *lockorder.Finding, labels map[string]kernelLabel) string {
	prefix := filepath.ToSlash(scratch) + "/"
	for _, p := range positions(f) {
		rest, inside := strings.CutPrefix(o.absolute(p), prefix)
		id, _, _ := strings.Cut(rest, "/")
		if _, known := labels[id]; inside && known {
			return id
		}
	}
	for _, l := range f.Locks {
		rest, inside := strings.CutPrefix(l, kernelModule+"/")
		id, _, _ := strings.Cut(rest, ".")
		if _, known := labels[id]; inside && known {
			return id
		}
	}
	return ""
}

// A kernelVerdict counts the findings of a kernel: the defect, what is beside
// it, what is false.
type kernelVerdict struct {
	hits, beside, wrong int
	missed              bool
}

func (v kernelVerdict) String() string {
	var parts []string
	if v.missed {
		parts = append(parts, "missed")
	}
	if v.wrong > 0 {
		parts = append(parts, fmt.Sprintf("false %d", v.wrong))
	}
	if parts == nil {
		return "ok"
	}
	return strings.Join(parts, ", ")
}

// judgeKernel compares a kernel's findings with kernels.go. A wait is no false
// finding where locks alone hang: it is beside the question.
func judgeKernel(id string, label kernelLabel, findings []*lockorder.Finding) kernelVerdict {
	var v kernelVerdict
	x := kernels[id]
	is := func(f *lockorder.Finding) func(defect) bool {
		return func(d defect) bool { return d.matches(id, f) }
	}
	for _, f := range findings {
		switch {
		case slices.ContainsFunc(x.want, is(f)):
			v.hits++
		case slices.ContainsFunc(x.may, is(f)), label.resource() && f.Kind == lockorder.Wait:
			v.beside++
		default:
			v.wrong++
		}
	}
	v.missed = len(x.want) > 0 && v.hits == 0
	return v
}

// matches says whether f, of kernel id, is the defect.
func (d defect) matches(id string, f *lockorder.Finding) bool {
	if !slices.Contains(strings.Split(d.kinds, "|"), string(f.Kind)) {
		return false
	}
	lines := make(map[string]bool)
	for _, p := range positions(f) {
		lines[strconv.Itoa(p.Line)] = true
	}
	lockName := func(name string) bool {
		return slices.ContainsFunc(f.Locks, func(got string) bool { return got == kernelModule+"/"+id+"."+name })
	}
	return all(d.locks, lockName) && all(d.lines, func(line string) bool { return lines[line] })
}

// all says whether has holds for each word, of a|b for one of the two.
func all(words string, has func(string) bool) bool {
	for _, word := range strings.Fields(words) {
		if !slices.ContainsFunc(strings.Split(word, "|"), has) {
			return false
		}
	}
	return true
}

// expected writes what kernels.go says for a cell.
func expected(id string) string {
	var parts []string
	for _, d := range kernels[id].want {
		parts = append(parts, d.String())
	}
	for _, d := range kernels[id].may {
		parts = append(parts, "("+d.String()+")")
	}
	if parts == nil {
		return "nothing"
	}
	return strings.Join(parts, " or ")
}

func (d defect) String() string { return d.kinds + " " + code(d.locks) + " " + d.lines }

// reported writes findings for a cell: kind, locks, and the lines of the edges.
func reported(findings []*lockorder.Finding) string {
	var parts []string
	for _, f := range findings {
		var lines []string
		for i := range f.Edges {
			e := &f.Edges[i]
			lines = append(lines, fmt.Sprintf("%d>%d", e.HeldAt.Line, e.AcquiredAt.Line))
		}
		if lines == nil {
			lines = append(lines, strconv.Itoa(f.Pos.Line))
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", f.Kind, code(shortLocks(f)), strings.Join(lines, " ")))
	}
	return strings.Join(parts, "; ")
}

// A tally sums the verdicts up.
type tally struct {
	missed, wrong                 int
	resource, resourceFound       int
	mixed, mixedFound, silentLeft int
	silent                        int
}

func (t *tally) add(l kernelLabel, v kernelVerdict) {
	hit := 0
	if v.hits > 0 {
		hit = 1
	}
	switch {
	case l.resource():
		t.resource++
		t.resourceFound += hit
	case v.hits > 0 || v.missed: // has a defect to find
		t.mixed++
		t.mixedFound += hit
	default:
		t.silent++
		if v.wrong == 0 {
			t.silentLeft++
		}
	}
	t.wrong += v.wrong
	if v.missed {
		t.missed++
	}
}

func (t *tally) String() string {
	return fmt.Sprintf("%d of %d resource deadlocks, %d of %d waits under a lock, %d of %d others silent, %d false findings",
		t.resourceFound, t.resource, t.mixedFound, t.mixed, t.silentLeft, t.silent, t.wrong)
}
