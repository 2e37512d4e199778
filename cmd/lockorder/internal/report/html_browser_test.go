package report

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/lockorder/lockorder/cmd/lockorder/internal/browser"
	"github.com/lockorder/lockorder/lockorder"
)

// browserVariable, set to "required", makes the tests of the page fail where
// there is no Chromium. CI sets it; elsewhere they are skipped there.
const browserVariable = "LOCKORDER_BROWSER"

// patience is for a page on a busy machine, not a measure of anything.
const patience = 2 * time.Minute

// A tab is a page of lockorder in a browser.
type tab struct {
	t        *testing.T
	ctx      context.Context
	url      string
	console  func() []string // what was written there, and what was thrown
	requests func() []string // what was asked of a network
}

// openPage writes the page of r and opens it.
func openPage(t *testing.T, r *lockorder.Report, source func(string, int) string) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("make test runs the browser")
	}
	ctx, stop := context.WithTimeout(t.Context(), patience)
	t.Cleanup(stop)
	ctx, cancel, err := browser.New(ctx, 1440, 860)
	if errors.Is(err, browser.ErrMissing) && os.Getenv(browserVariable) != "required" {
		t.Skipf("%v; %s=required makes this a failure", err, browserVariable)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	file := filepath.Join(t.TempDir(), "page.html")
	p := &tab{t: t, ctx: ctx, url: (&url.URL{Scheme: "file", Path: file}).String()}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(HTML(f, r, source), f.Close()); err != nil {
		t.Fatal(err)
	}
	p.watch()
	p.do(chromedp.Navigate(p.url), chromedp.WaitReady(chromedp.CSS("html[data-ready]")), browser.Painted)
	return p
}

// watch collects what the page says and asks for.
func (p *tab) watch() {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{}); err != nil {
		p.t.Fatal(err)
	}
	messages := chromedp.Console(p.ctx)
	sent := chromedp.Events(p.ctx, network.RequestWillBeSent)
	const end = "end of the test"
	p.console = func() (lines []string) {
		p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf("console.log(%q)", end)))
		for m, err := range messages {
			if err != nil {
				p.t.Fatal(err)
			}
			if m.Text == end {
				break
			}
			lines = append(lines, fmt.Sprintf("%s: %s", m.Type, m.Text))
		}
		return lines
	}
	p.requests = func() (urls []string) {
		p.do(chromedp.Evaluate[chromedp.Void]("location.reload()"), chromedp.WaitReady(chromedp.CSS("html[data-ready]")))
		pages := 0
		for e, err := range sent {
			if err != nil {
				p.t.Fatal(err)
			}
			if strings.HasPrefix(e.Request.URL, "file:") && strings.Contains(e.Request.URL, "/page.html") {
				if pages++; pages == 2 { // the page itself, and again
					break
				}
				continue
			}
			if !strings.HasPrefix(e.Request.URL, "data:") {
				urls = append(urls, e.Request.URL)
			}
		}
		return urls
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// eval evaluates a JavaScript expression; cy is the drawing.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T]("(() => { const cy = document.getElementById('graph')._cyreg.cy; return "+expression+" })()"))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// details is the text of the right side.
func (p *tab) details() string {
	return eval[string](p, "document.getElementById('details').textContent")
}

// keys types, wherever the focus is.
func (p *tab) keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys), browser.Painted)
}

// slash is the key that goes to the search box. As at a keyboard, it comes with
// its text in one event, so that the page can refuse the text.
func (p *tab) slash() {
	p.t.Helper()
	for _, e := range []input.DispatchKeyEventParams{
		{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"}, {Type: input.DispatchKeyEventTypeKeyUp, Key: "/", Code: "Slash"},
	} {
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, e); err != nil {
			p.t.Fatal(err)
		}
	}
}

// shows fails if the details have not each of the words.
func (p *tab) shows(words ...string) {
	p.t.Helper()
	text := p.details()
	for _, w := range words {
		if !strings.Contains(text, w) {
			p.t.Errorf("no %q in the details:\n%s", w, text)
		}
	}
}

// quiet fails if the console has said anything, or anything was fetched.
func (p *tab) quiet() {
	p.t.Helper()
	if lines := p.console(); len(lines) > 0 {
		p.t.Errorf("console:\n%s", strings.Join(lines, "\n"))
	}
	if urls := p.requests(); len(urls) > 0 {
		p.t.Errorf("requests: %q", urls)
	}
}

// clickEdge clicks on the drawing, where the edge is.
func (p *tab) clickEdge(id string) {
	p.t.Helper()
	at := eval[[]float64](p, fmt.Sprintf(`(() => {
		const m = cy.getElementById(%q).renderedMidpoint(), r = document.getElementById('graph').getBoundingClientRect();
		return [m.x + r.x, m.y + r.y] })()`, id))
	p.do(chromedp.MouseClickXY(at[0], at[1]), browser.Painted)
}

// twoKinds is a report with a cycle and a relock, and a graph around them.
func twoKinds() (*lockorder.Report, func(string, int) string) {
	cycle := go18()
	relock := lockorder.Finding{
		ID: "LO-relock", Kind: lockorder.Relock, Confidence: lockorder.Medium, Locks: []string{"runtime.mheap_.lock"}, Message: "runtime.mheap_.lock is taken again",
		Pos: at("grow", "mheap.go", 7, 1),
		Edges: []lockorder.Edge{{Held: "runtime.mheap_.lock", HeldMode: "lock", Acquired: "runtime.mheap_.lock", AcquiredMode: "lock",
			Function: "runtime.grow", HeldAt: at("grow", "mheap.go", 5, 1), Path: []lockorder.Frame{frame("grow", "mheap.go", 7, 1, "call")}}},
	}
	r := canned(cycle, relock)
	r.Graph = graphOf(r)
	witness := lockorder.Edge{Held: "runtime.gscan", HeldMode: "lock", Acquired: "runtime.mheap_.lock", AcquiredMode: "lock", Function: "runtime.scang",
		HeldAt: at("scang", "proc.go", 864, 7), AcquiredAt: at("grow", "mheap.go", 5, 1),
		Path: []lockorder.Frame{frame("scang", "proc.go", 870, 1, "call"), frame("grow", "mheap.go", 5, 1, "call")}}
	r.Graph.Edges = append(r.Graph.Edges, lockorder.GraphEdge{Held: witness.Held, Acquired: witness.Acquired, Count: 3, Witnesses: []lockorder.Edge{witness}})
	return r, func(file string, line int) string { return fmt.Sprintf("source of %s, %d", filepath.Base(file), line) }
}

func TestPage(t *testing.T) {
	r, source := twoKinds()
	p := openPage(t, r, source)

	if got := eval[int](p, "document.querySelectorAll('[data-finding]').length"); got != 2 {
		t.Errorf("%d findings in the list", got)
	}
	if got := eval[[]int](p, "[cy.nodes('.lock').length, cy.edges().length, cy.nodes('.told').length]"); !slices.Equal(got, []int{3, 4, 3}) {
		t.Errorf("locks, edges and locks of findings in the drawing: %v", got)
	}

	// A click on an edge shows its witness, with source.
	id := eval[string](p, "cy.edges().filter((e) => !e.hasClass('told'))[0].id()")
	p.clickEdge(id)
	p.shows("runtime.mheap_.lock is taken while runtime.gscan is held, at 3 places", "scang", "calls runtime.grow", "source of proc.go, 870", "source of mheap.go, 5")

	// A click on a finding lights its cycle and its cut.
	p.do(chromedp.Click(chromedp.CSS(`[data-finding="0"]`)), browser.Painted)
	p.shows("134 of 135 cycles go through the call of wakep", "Goroutine 2", "castogscanstatus", "\u2702 the cut")
	if got := eval[[]int](p, "[cy.nodes('.lit').length, cy.edges('.lit').length, cy.edges('.cut').length]"); !slices.Equal(got, []int{2, 2, 1}) {
		t.Errorf("lit locks, lit edges and cut edges: %v", got)
	}
	if got := eval[string](p, "cy.edges('.cut')[0].data('label')"); got != "scang\n\u2702 wakep" {
		t.Errorf("the cut says %q", got)
	}
	if got := eval[string](p, "location.hash"); got != "#"+go18().ID {
		t.Errorf("the address does not name the finding: %q", got)
	}

	// Who opens that address sees the finding at once.
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+"#"+go18().ID), chromedp.WaitReady(chromedp.CSS("html[data-ready]")), browser.Painted)
	p.shows("134 of 135 cycles go through the call of wakep")
	if got := eval[int](p, "cy.edges('.lit').length"); got != 2 {
		t.Errorf("%d edges lit by the address", got)
	}

	// Filters by kind and confidence.
	p.do(chromedp.Click(chromedp.CSS(`#kinds input[value="cycle"]`)), browser.Painted)
	if got := eval[[]int](p, "[document.querySelectorAll('[data-finding]').length, cy.edges('.told').length, cy.elements('.lit').length]"); !slices.Equal(got, []int{1, 1, 0}) {
		t.Errorf("without cycles, findings, their edges and what is lit: %v", got)
	}
	p.do(chromedp.Click(chromedp.CSS(`#levels input[value="medium"]`)), browser.Painted)
	if got := eval[string](p, "document.getElementById('findings').textContent"); got != "None of these kinds and levels." {
		t.Errorf("without cycles and medium: %q", got)
	}
	p.do(chromedp.Click(chromedp.CSS(`#kinds input[value="cycle"]`)), chromedp.Click(chromedp.CSS(`#levels input[value="medium"]`)))

	// The mouse finds too.
	p.do(chromedp.SendKeys(chromedp.CSS("#search"), "mheap lock"), browser.Painted)
	if got := eval[int](p, "cy.nodes('.match').length"); got != 1 {
		t.Errorf("%d locks match", got)
	}
	p.do(chromedp.Click(chromedp.CSS("#hit0")), browser.Painted)
	p.shows("runtime.mheap_.lock", "Held while it is taken (2)", "Taken at")

	// All that the page can draw, in both colours.
	for _, scope := range []string{"cycles", "overview", "all"} {
		p.do(chromedp.SetValue(chromedp.CSS("#scope"), scope), chromedp.Evaluate[chromedp.Void](`document.getElementById("scope").dispatchEvent(new Event("change"))`), browser.Painted)
	}
	before := eval[string](p, "getComputedStyle(document.body).backgroundColor")
	p.do(chromedp.Click(chromedp.CSS("#theme")), browser.Painted)
	if after := eval[string](p, "getComputedStyle(document.body).backgroundColor"); after == before {
		t.Errorf("light and dark are both %s", after)
	}
	p.quiet()
}

// What is not drawn follows from what is: there is a way along drawn arrows for
// every edge of a graph without cycles, and none is drawn in vain.
func TestPageDrawsWhatCarriesTheOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 40))
	r := canned()
	r.Graph = &lockorder.Graph{}
	const n = 40
	for a := range n {
		for b := a + 1; b < n; b++ {
			if rnd.IntN(5) == 0 {
				r.Graph.Edges = append(r.Graph.Edges, lockorder.GraphEdge{Held: fmt.Sprintf("a.l%d", a), Acquired: fmt.Sprintf("a.l%d", b), Count: 1})
			}
		}
	}
	p := openPage(t, r, nil)
	got := eval[[]int](p, `(() => {
		const d = JSON.parse(document.getElementById('data').textContent), next = new Map();
		cy.edges().forEach((e) => next.set(e.source().id(), [...(next.get(e.source().id()) ?? []), e.target().id()]));
		const leads = (a, b) => {
			const seen = new Set([a]), todo = [a];
			while (todo.length > 0) for (const v of next.get(todo.shift()) ?? []) if (!seen.has(v)) { seen.add(v); todo.push(v); }
			return seen.has(b);
		};
		const lost = d.edges.filter((e) => !leads('l' + e.held, 'l' + e.acquired)).length;
		return [lost, cy.edges().length];
	})()`)
	want := reduction(r.Graph)
	if got[0] != 0 || got[1] != want {
		t.Errorf("%d edges do not follow from what is drawn; %d of %d are drawn, want %d", got[0], got[1], len(r.Graph.Edges), want)
	}
	p.quiet()
}

// reduction counts the edges of an acyclic graph that no others lead around.
func reduction(g *lockorder.Graph) int {
	next := map[string][]string{}
	for _, e := range g.Edges {
		next[e.Held] = append(next[e.Held], e.Acquired)
	}
	var leads func(from, to string) bool
	leads = func(from, to string) bool {
		return from == to || slices.ContainsFunc(next[from], func(via string) bool { return leads(via, to) })
	}
	count := 0
	for _, e := range g.Edges {
		if !slices.ContainsFunc(next[e.Held], func(via string) bool { return via != e.Acquired && leads(via, e.Acquired) }) {
			count++
		}
	}
	return count
}

func TestPageByKeyboard(t *testing.T) {
	r, source := twoKinds()
	p := openPage(t, r, source)

	// Search: down to the first hit, and in.
	p.slash()
	if got := eval[string](p, "document.activeElement.id"); got != "search" {
		t.Fatalf("/ went to %q", got)
	}
	p.keys("gscan" + kb.ArrowDown + kb.Enter)
	p.shows("Taken while it is held (2)", "runtime.mheap_.lock")
	p.keys(kb.Escape)

	// Findings.
	p.keys("j")
	p.shows("Goroutine 1: runtime.sched.lock")
	p.keys("j")
	p.shows("runtime.mheap_.lock is taken again")
	p.keys("k")
	p.shows("Goroutine 1: runtime.sched.lock")
	p.keys(kb.Escape)
	if got := eval[int](p, "cy.elements('.lit, .faded').length"); got != 0 {
		t.Errorf("Escape left %d elements marked", got)
	}

	// In the graph: the first lock, its first edge; pan and zoom.
	p.do(chromedp.Focus(chromedp.CSS("#graph")))
	p.keys("n")
	p.shows("Held while it is taken")
	p.keys("e")
	p.shows("is taken while")
	was := eval[[]float64](p, "[cy.pan().x, cy.pan().y, cy.zoom()]")
	p.keys(kb.ArrowLeft + kb.ArrowDown + "+")
	now := eval[[]float64](p, "[cy.pan().x, cy.pan().y, cy.zoom()]")
	if now[0] == was[0] || now[1] == was[1] || now[2] <= was[2] {
		t.Errorf("pan and zoom: from %v to %v", was, now)
	}

	// Every control can be reached with Tab, and shows that it is.
	seen := map[string]bool{}
	for range 40 {
		p.keys(kb.Tab)
		seen[eval[string](p, "document.activeElement.id || document.activeElement.className || document.activeElement.value || ''")] = true
	}
	for _, want := range []string{"search", "theme", "scope", "implied", "graph", "zoom-in", "finding high", "cycle", "twist"} {
		if !seen[want] {
			t.Errorf("Tab does not reach %s: %v", want, seen)
		}
	}
	p.quiet()
}

// What an attacker calls his package, his files and his locks stays text.
func TestPageHostile(t *testing.T) {
	r, source := hostile()
	p := openPage(t, r, source)
	p.do(chromedp.Click(chromedp.CSS(`[data-finding="0"]`)), browser.Painted)
	p.shows("<script>window.pwned=1</script>", "<img src=x")
	for i := range r.Graph.Edges {
		p.clickEdge(eval[string](p, fmt.Sprintf("cy.edges()[%d].id()", i)))
		p.shows("<script>window.pwned=1</script>")
	}
	p.slash()
	p.keys("evil")
	if got := eval[int](p, "document.querySelectorAll('img, body script script, svg, iframe, [onerror]').length"); got != 0 {
		t.Errorf("%d elements that the page does not make", got)
	}
	if got := eval[int](p, "document.scripts.length"); got != 2 {
		t.Errorf("%d scripts, of two", got)
	}
	if eval[bool](p, "window.pwned !== undefined") {
		t.Error("a script of the analysed program has run")
	}
	// Were there a hole, the policy would still hold.
	p.do(chromedp.Evaluate[chromedp.Void](`document.body.append(Object.assign(document.createElement("script"), {textContent: "window.pwned = 1"}))`))
	if eval[bool](p, "window.pwned !== undefined") {
		t.Error("the policy let a script run")
	}
	if lines := p.console(); len(lines) != 1 || !strings.Contains(lines[0], "Content Security Policy") {
		t.Errorf("want the one refusal on the console: %q", lines)
	}
}

// large is a report of 500 locks in 25 packages and 3000 edges, most of them in
// one order.
func large() *lockorder.Report {
	const packages, perPackage, edgeCount = 25, 20, 3000
	rnd := rand.New(rand.NewPCG(5, 3000))
	g := &lockorder.Graph{}
	for i := range packages * perPackage {
		g.Locks = append(g.Locks, lockorder.GraphLock{Name: fmt.Sprintf("example.com/big/p%02d.T%d.mu%d", i/perPackage, i%perPackage/4, i%4), Sites: []lockorder.Pos{at("f", "f.go", i, 1)}})
	}
	edge := func(held, acquired string) lockorder.Edge {
		e := lockorder.Edge{Held: held, HeldMode: "lock", Acquired: acquired, AcquiredMode: "lock", Function: packageOf(held) + ".hold", HeldAt: at("hold", "f.go", 1, 1)}
		for i := range 8 {
			e.Path = append(e.Path, frame(fmt.Sprintf("step%d", rnd.IntN(3000)), "f.go", i, 1, "call"))
		}
		return e
	}
	seen := map[[2]int]bool{}
	r := canned()
	for len(seen) < edgeCount {
		a, b := rnd.IntN(len(g.Locks)), rnd.IntN(len(g.Locks))
		if a > b && rnd.IntN(100) > 0 {
			a, b = b, a
		}
		if a == b || seen[[2]int{a, b}] {
			continue
		}
		seen[[2]int{a, b}] = true
		held, acquired := g.Locks[a].Name, g.Locks[b].Name
		g.Edges = append(g.Edges, lockorder.GraphEdge{Held: held, Acquired: acquired, Count: 1 + rnd.IntN(9), Witnesses: []lockorder.Edge{edge(held, acquired), edge(held, acquired)}})
		if a > b && len(r.Findings) < 12 {
			r.Findings = append(r.Findings, lockorder.Finding{ID: fmt.Sprintf("LO-%d", len(seen)), Kind: lockorder.Cycle, Confidence: lockorder.High,
				Message: "taken in opposite orders", Locks: []string{held, acquired}, Edges: []lockorder.Edge{edge(held, acquired), edge(acquired, held)}, Pos: at("hold", "f.go", 1, 1)})
		}
	}
	slices.SortFunc(g.Edges, compareEdges)
	r.Graph, r.Stats.Locks, r.Stats.Edges = g, len(g.Locks), len(g.Edges)
	return r
}

// drag pans with the mouse, and returns the time of each frame meanwhile, in
// milliseconds, sorted.
func (p *tab) drag() []float64 {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](`(() => {
		window.frames_ = []; let last;
		const next = (now) => { if (last) frames_.push(now - last); last = now; if (frames_.go !== false) requestAnimationFrame(next) };
		requestAnimationFrame(next) })()`))
	const x, y = 600, 130 // the canvas, above what is drawn
	p.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft))
	for i := range 60 {
		p.do(chromedp.MouseEvent(chromedp.MouseMoved, x-2*float64(i), y+3*float64(i), chromedp.ButtonLeft))
	}
	ms := eval[[]float64](p, "(frames_.go = false, frames_)")
	p.do(chromedp.MouseEvent(chromedp.MouseReleased, x-120, y+180, chromedp.ButtonLeft), browser.Painted)
	slices.Sort(ms)
	return ms
}

func TestPageLarge(t *testing.T) {
	p := openPage(t, large(), nil)
	times := eval[[]float64](p, "[performance.getEntriesByType('paint')[0].startTime, performance.getEntriesByName('drawn')[0].startTime]")
	t.Logf("500 locks, 3000 edges: first paint after %.0f ms, graph drawn after %.0f ms", times[0], times[1])
	pan := func(what string) {
		t.Helper()
		was := eval[[]float64](p, "[cy.pan().x, cy.pan().y]")
		ms := p.drag()
		if now := eval[[]float64](p, "[cy.pan().x, cy.pan().y]"); now[0] >= was[0] || now[1] <= was[1] {
			t.Errorf("dragged from %v to %v", was, now)
		}
		n := eval[[]int](p, "[cy.nodes().length, cy.edges().length]")
		t.Logf("pan, %s (%d nodes, %d edges): %d frames, median %.1f ms, 95th of 100 %.1f ms, longest %.1f ms", what, n[0], n[1], len(ms), ms[len(ms)/2], ms[len(ms)*95/100], ms[len(ms)-1])
	}

	// What is first seen is what the findings speak of, not a hairball.
	if n := eval[[]int](p, "[cy.nodes('.lock').length, cy.nodes('.told').length, cy.edges().length]"); n[0] > 60 || n[1] == 0 || n[2] > 200 {
		t.Errorf("first seen: locks, those of findings, edges: %v", n)
	}
	pan("as opened")

	// A package unfolds, and folds again; a lock that was folded is drawn when it
	// is searched for.
	count := func() int { return eval[int](p, "cy.nodes('.lock, .fold').length") }
	before := count()
	p.do(chromedp.Click(chromedp.CSS(`#tree button[title="example.com/big/p07"]`)), browser.Painted)
	p.shows("20 locks", "Unfold in the graph")
	p.do(chromedp.Click(chromedp.CSS("#details button")), browser.Painted)
	p.shows("Fold in the graph")
	if n := count(); n <= before {
		t.Errorf("unfolded, %d nodes of %d", n, before)
	}
	p.do(chromedp.Click(chromedp.CSS("#details button")), browser.Painted)
	if n := count(); n != before {
		t.Errorf("folded again, %d nodes of %d", n, before)
	}
	hidden := eval[string](p, `JSON.parse(document.getElementById('data').textContent).locks.find((l, i) => cy.getElementById('l' + i).empty()).name`)
	p.do(chromedp.SendKeys(chromedp.CSS("#search"), hidden+"\n"), browser.Painted)
	p.shows(hidden, "Taken while it is held")
	if n := count(); n != before+1 {
		t.Errorf("with %s, %d nodes of %d", hidden, n, before)
	}
	all := `(() => { const s = document.getElementById("scope"); s.value = "all"; const t = performance.now(); s.dispatchEvent(new Event("change")); return performance.now() - t })()`
	t.Logf("all locks laid out in %.0f ms", eval[float64](p, all))
	if n := eval[int](p, "cy.nodes('.lock').length"); n != 500 {
		t.Errorf("%d of 500 locks", n)
	}
	pan("all locks")
	p.do(chromedp.Click(chromedp.CSS("#implied")), browser.Painted)
	if n := eval[int](p, "cy.edges().length"); n < 3000 {
		t.Errorf("%d of 3000 edges", n)
	}
	p.do(chromedp.Click(chromedp.CSS("#zoom-fit")), browser.Painted)
	pan("all locks and edges")
	p.quiet()
}
