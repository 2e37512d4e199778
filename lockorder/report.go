package lockorder

import "fmt"

// Schema is the version of the JSON report. Additions keep it; a change of
// meaning raises it.
const Schema = 1

// A Kind names a way to hang on a lock.
type Kind string

// The kinds of finding. See doc.go for what each means.
const (
	Cycle  Kind = "cycle"  // locks of two or more classes taken in opposite orders
	Relock Kind = "relock" // a lock taken again, same instance, by the goroutine that holds it
	RLock  Kind = "rlock"  // a read lock taken again by its holder while a writer exists
	Peers  Kind = "peers"  // two instances of one class taken in no order
	Wait   Kind = "wait"   // a wait under a lock that the one waited for needs first
	Leak   Kind = "leak"   // a lock held on some return, released on the others
	Order  Kind = "order"  // an edge against a declared order
)

// Kinds lists every kind, in the order in which reports group them.
var Kinds = []Kind{Cycle, Relock, RLock, Peers, Wait, Leak, Order}

// A Confidence says how much a finding assumes.
type Confidence string

// The levels of confidence, best first.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Rank orders confidences: 0 for high, 1 for medium, 2 for low; -1 for a
// word that is none of them.
func (c Confidence) Rank() int {
	switch c {
	case High:
		return 0
	case Medium:
		return 1
	case Low:
		return 2
	}
	return -1
}

// A Report is the result of one analysis, in the JSON schema of docs/schema.json.
type Report struct {
	Schema   int       `json:"schema"`
	Tool     Tool      `json:"tool"`
	Findings []Finding `json:"findings"`
	Graph    *Graph    `json:"graph,omitempty"`
	Stats    Stats     `json:"stats"`

	// Scope is what the run could have reported.
	Scope Scope `json:"scope,omitzero"`
	// Suppressed are the findings that were accepted, with the reasons.
	Suppressed []Suppressed `json:"suppressed,omitempty"`
	// Assumptions are the rows of the models that this run relied on to rule
	// something out.
	Assumptions []Assumption `json:"assumptions,omitempty"`
	// Problems are what is wrong with the policy in the source and in
	// lockorder.toml: a directive that cannot be read, an ignore that matches
	// nothing, a name that does not exist, orders that contradict each other.
	Problems []Problem `json:"problems,omitempty"`
	// NotAnalysed names what could not be read, with the reason.
	NotAnalysed []string `json:"notAnalysed,omitempty"`
}

// A Problem is a fault in a //lockorder: comment or in lockorder.toml.
type Problem struct {
	Pos     Pos    `json:"pos"`
	Message string `json:"message"`
}

// A Scope says what a run could have reported.
type Scope struct {
	Kinds      []Kind     `json:"kinds"`
	Confidence Confidence `json:"confidence"` // the least
}

// A Suppressed is a finding that somebody has accepted.
type Suppressed struct {
	Finding Finding `json:"finding"`
	// By is what accepts it: comment, config or baseline.
	By     string `json:"by"`
	Reason string `json:"reason"`
	// Pos is where that stands; a baseline has no places.
	Pos Pos `json:"pos"`
}

// Tool identifies the program that made a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// A Finding is one way in which the program can deadlock.
type Finding struct {
	// ID is stable across unrelated edits: it is made of the kind, the locks
	// and the functions, and of no line numbers.
	ID         string     `json:"id"`
	Kind       Kind       `json:"kind"`
	Confidence Confidence `json:"confidence"`
	// Reason says in words what the finding assumes.
	Reason  string   `json:"reason"`
	Message string   `json:"message"`
	Locks   []string `json:"locks"`
	Pos     Pos      `json:"pos"`
	// Edges prove the finding. For a cycle each edge's acquired lock is the
	// next edge's held lock.
	Edges []Edge `json:"edges"`
	// Cut lists the calls or acquisitions shared by the most cycles, or
	// relocks, of the root cause, best first.
	Cut []Cut `json:"cut,omitempty"`
	// Also lists the locks of other cycles of the same root cause, which fall
	// with the cut.
	Also [][]string `json:"also,omitempty"`
	// Holders are the places where others take the lock of a relock whom the
	// same call, the cut, has take it again.
	Holders []Pos `json:"holders,omitempty"`
}

// An Edge is one lock taken while another is held.
type Edge struct {
	Held         string `json:"held"`
	HeldMode     string `json:"heldMode"` // lock, rlock or wait
	Acquired     string `json:"acquired"`
	AcquiredMode string `json:"acquiredMode"`
	// Function holds the lock while Path leads to the acquisition.
	Function string `json:"function"`
	// HeldAt is where the held lock was taken; HeldPath leads there from
	// Function when a callee took it, and has returned holding or is on Path.
	HeldAt     Pos     `json:"heldAt"`
	HeldPath   []Frame `json:"heldPath"`
	AcquiredAt Pos     `json:"acquiredAt"`
	Path       []Frame `json:"path"`
	// Gates are the other locks held over both.
	Gates []string `json:"gates"`
	// Others, of a cycle, are the other places that do the same, and that would
	// deadlock with the other edges of the cycle as this one does: one for each
	// call, or acquisition, in a function that holds the lock. To mend the one
	// leaves these.
	Others []Edge `json:"others,omitempty"`
}

// Start returns where Function calls what takes the second lock, or takes it.
func (e *Edge) Start() Pos {
	if len(e.Path) == 0 {
		return e.AcquiredAt
	}
	return e.Path[0].Pos
}

// Holding says in words that a function holds the edge's lock, under the name
// given: a goroutine that others wait for holds nothing that they could take,
// it owes them a signal.
func (e *Edge) Holding(lock string) string {
	switch e.HeldMode {
	case "lock":
		return "holds " + lock
	case "rlock":
		return "holds " + lock + " for reading"
	case "wait":
		return "has yet to signal " + lock
	}
	return e.HeldMode + " " + lock
}

// Taking says in words what the last function of the edge's path does, under
// the names given: it takes the lock, or, in a leak, returns with the held one.
func (e *Edge) Taking(held, acquired string) string {
	if e.Acquired == "" {
		return "returns with " + held + " held"
	}
	return TakingIn(e.AcquiredMode, acquired)
}

// TakingIn says in words that a lock is taken in a mode of an edge.
func TakingIn(mode, lock string) string {
	switch mode {
	case "lock":
		return "locks " + lock
	case "rlock":
		return "read-locks " + lock
	case "wait":
		return "waits for " + lock
	}
	return mode + " " + lock
}

// A Frame is one function of a call chain.
type Frame struct {
	Func string `json:"func"`
	// Pos is where Func makes the next call, or takes the lock.
	Pos Pos `json:"pos"`
	// Via is how that call is made: call, defer, interface, func or model.
	Via string `json:"via"`
}

// A Pos is a place in the source.
type Pos struct {
	// File is relative to the working directory when it is below it.
	File   string `json:"file"`
	Line   int    `json:"line"`   // from 1
	Column int    `json:"column"` // from 1, in bytes
	// Func is the function around it, as import/path.(*T).m.
	Func string `json:"func"`
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// A Cut is a call (Callee is a function) or an acquisition (Callee is a lock)
// through which findings of one cause go.
type Cut struct {
	Caller string `json:"caller"`
	Callee string `json:"callee"`
	Pos    Pos    `json:"pos"`
	Breaks int    `json:"breaks"` // cycles, or relocks, that fall with it
	Of     int    `json:"of"`     // those of the root cause
}

// A Graph is the whole lock-order graph.
type Graph struct {
	Locks []GraphLock `json:"locks"`
	Edges []GraphEdge `json:"edges"`
}

// A GraphLock is a lock class and the places that take it.
type GraphLock struct {
	Name  string `json:"name"`
	Sites []Pos  `json:"sites"`
}

// A GraphEdge is all that is known of one lock taken under another.
type GraphEdge struct {
	Held      string `json:"held"`
	Acquired  string `json:"acquired"`
	Witnesses []Edge `json:"witnesses"`
	// Count is the number of places that make the edge; Witnesses holds the
	// shortest few of them.
	Count int `json:"count"`
}

// Stats says what the analysis covered and cost.
type Stats struct {
	Packages     int `json:"packages"`
	Functions    int `json:"functions"`
	Instructions int `json:"instructions"`
	Locks        int `json:"locks"`
	Edges        int `json:"edges"`
	// Bounded counts what a bound cut off: functions whose paths were joined,
	// contexts merged, paths shortened.
	Bounded map[string]int `json:"bounded,omitempty"`

	LoadSeconds      float64 `json:"loadSeconds"`
	SSASeconds       float64 `json:"ssaSeconds"`
	CallgraphSeconds float64 `json:"callgraphSeconds"`
	AnalysisSeconds  float64 `json:"analysisSeconds"` // once there is a call graph
	// LookSeconds is what of the analysis ran while the call graph was made:
	// the looks at all instructions. It is within CallgraphSeconds.
	LookSeconds float64 `json:"lookSeconds,omitempty"`
	PeakBytes   uint64  `json:"peakBytes"` // resident set, high-water mark
	// BasePeakBytes is the same as the analysis begins: what load, SSA and call
	// graph need alone.
	BasePeakBytes uint64 `json:"basePeakBytes,omitempty"`
}

// An Assumption is a row of a model that rules something out, and why.
type Assumption struct {
	ID     string `json:"id"`
	Model  string `json:"model"` // the file, and the line in it
	Reason string `json:"reason"`
}
