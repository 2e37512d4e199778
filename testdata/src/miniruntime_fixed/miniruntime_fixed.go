// Package miniruntime_fixed: a scheduler and a stack scanner in the shape of
// Go 1.8's runtime. The scanner no longer wakes a worker while it holds a
// goroutine's scan bit (golang.org/issue/19112, mended). The scan bit is
// modelled by comments.
package miniruntime_fixed

import (
	"sync/atomic"
	"unsafe"
)

// want nothing
// want edge: sched.lock -> gscan
// want no edge: gscan -> sched.lock
// want edge: gscan -> hchan.lock
// want no edge: hchan.lock -> sched.lock
// want no edge: hchan.lock -> gscan
// want edge: gscan -> debuglock

// A mutex is a word that is slept on.
type mutex struct{ key uint32 }

const (
	unlocked = iota
	locked
	contended
)

const (
	gIdle = iota
	gRunnable
	gRunning
	gWaiting
	gScan = 0x1000
)

type g struct {
	atomicstatus uint32
	m            *m
	schedlink    *g
	frames       []stkframe
	waiting      *hchan
	scandone     bool
}

type m struct {
	curg        *g
	locks       int
	onSystem    bool
	waitunlockf func(*g, unsafe.Pointer) bool
	waitlock    unsafe.Pointer
}

type schedt struct {
	lock  mutex
	runq  *g
	idle  int
	spins uint32
	woken int64
}

type hchan struct {
	lock  mutex
	count int
	recvq *g
}

type stkframe struct {
	pc   uintptr
	args []uintptr
}

type gcWork struct{ buf []uintptr }

var (
	sched     schedt
	debuglock mutex
	running   = &g{m: &m{}}
	gcWorkers int
	dead      uint32

	// faketime is set by the playground's build, and by nothing here.
	faketime int64
)

func getg() *g { return running }

//lockorder:acquires arg0
func lock(l *mutex) {
	getg().m.locks++
	if atomic.CompareAndSwapUint32(&l.key, unlocked, locked) {
		return
	}
	for atomic.SwapUint32(&l.key, contended) != unlocked {
		futexsleep(&l.key, contended)
	}
}

//lockorder:releases arg0
func unlock(l *mutex) {
	if atomic.SwapUint32(&l.key, unlocked) == contended {
		futexwake(&l.key)
	}
	getg().m.locks--
}

func futexsleep(word *uint32, val uint32) {
	for i := 0; i < 100 && atomic.LoadUint32(word) == val; i++ {
		procyield(i)
	}
}

func futexwake(word *uint32) { procyield(int(*word)) }

func procyield(n int) {
	for range n {
		atomic.AddUint32(&sched.spins, 1)
	}
}

//lockorder:noreturn
func throw(msg string) {
	println("fatal error: " + msg)
	atomic.StoreUint32(&dead, 1)
}

// systemstack runs f on the scheduler's stack.
//
//lockorder:calls arg0
func systemstack(f func()) {
	mp := getg().m
	mp.onSystem = true
	f()
	mp.onSystem = false
}

func mcall(f func(*g)) { f(getg()) }

func readgstatus(gp *g) uint32 { return atomic.LoadUint32(&gp.atomicstatus) }

// casgstatus changes the status of gp, and waits while gp is being scanned.
//
//lockorder:waits gscan(arg0)
func casgstatus(gp *g, old, new uint32) {
	if old&gScan != 0 || new&gScan != 0 || old == new {
		throw("casgstatus: bad values")
	}
	for i := 0; !atomic.CompareAndSwapUint32(&gp.atomicstatus, old, new); i++ {
		if old == gWaiting && readgstatus(gp) == gRunnable {
			throw("casgstatus: waiting for waiting, but is runnable")
		}
		procyield(i)
	}
}

// castogscanstatus sets the scan bit, if the status is still old.
//
//lockorder:acquires gscan(arg0) if result
func castogscanstatus(gp *g, old, new uint32) bool {
	switch old {
	case gRunnable, gRunning, gWaiting:
		if new == old|gScan {
			return atomic.CompareAndSwapUint32(&gp.atomicstatus, old, new)
		}
	}
	throw("castogscanstatus: bad values")
	return false
}

// casfromgscan clears the scan bit.
//
//lockorder:releases gscan(arg0)
func casfromgscan(gp *g, old, new uint32) {
	if old != new|gScan || !atomic.CompareAndSwapUint32(&gp.atomicstatus, old, new) {
		throw("casfromgscan: not scanning")
	}
}

// gopark puts the goroutine to sleep; once it sleeps, unlockf(gp, lock) runs.
//
//lockorder:calls arg0(_, arg1)
func gopark(unlockf func(*g, unsafe.Pointer) bool, lock unsafe.Pointer) {
	mp := getg().m
	mp.waitunlockf = unlockf
	mp.waitlock = lock
	mcall(park)
}

func park(gp *g) {
	casgstatus(gp, gRunning, gWaiting)
	mp := gp.m
	if f := mp.waitunlockf; f != nil {
		ok := f(gp, mp.waitlock)
		mp.waitunlockf, mp.waitlock = nil, nil
		if !ok {
			casgstatus(gp, gWaiting, gRunnable)
		}
	}
}

func unlockPark(_ *g, l unsafe.Pointer) bool {
	unlock((*mutex)(l))
	return true
}

// countIdle is the unlockf of a worker, which takes the scheduler's lock.
func countIdle(*g, unsafe.Pointer) bool {
	lock(&sched.lock)
	sched.idle++
	unlock(&sched.lock)
	return true
}

// Receive parks with the channel's lock held; unlockPark releases it.
func Receive(c *hchan) int {
	lock(&c.lock)
	for c.count == 0 {
		gp := getg()
		gp.waiting = c
		c.recvq = gp
		gopark(unlockPark, unsafe.Pointer(&c.lock))
		lock(&c.lock)
	}
	c.count--
	n := c.count
	unlock(&c.lock)
	return n
}

// BackgroundWorker parks with nothing held.
func BackgroundWorker() {
	for {
		gopark(countIdle, nil)
		gcWorkers--
	}
}

// Inject makes a list of waiting goroutines runnable.
func Inject(list *g) {
	injectglist(list)
}

func injectglist(list *g) {
	lock(&sched.lock)
	n := 0
	for list != nil {
		gp := list
		list = gp.schedlink
		casgstatus(gp, gWaiting, gRunnable)
		globrunqput(gp)
		n++
	}
	unlock(&sched.lock)
	for ; n > 0; n-- {
		wakep()
	}
}

func globrunqput(gp *g) {
	gp.schedlink = sched.runq
	sched.runq = gp
}

// Scan is what a GC worker does for each goroutine.
func Scan(gp *g, gcw *gcWork) {
	systemstack(func() { scang(gp, gcw) })
}

func scang(gp *g, gcw *gcWork) {
	for i := 0; !gp.scandone; i++ {
		switch s := readgstatus(gp); s {
		case gIdle:
			gp.scandone = true
		case gRunnable, gWaiting:
			if castogscanstatus(gp, s, s|gScan) {
				if !gp.scandone {
					scanstack(gp, gcw)
					gp.scandone = true
				}
				casfromgscan(gp, s|gScan, s)
			}
		default:
			procyield(i)
		}
	}
}

func scanstack(gp *g, gcw *gcWork) {
	if c := gp.waiting; c != nil {
		adjust(c)
	}
	frame := func(f *stkframe, _ unsafe.Pointer) bool {
		scanframeworker(f, gcw)
		return true
	}
	gentraceback(gp, frame, nil)
}

// adjust takes the lock of the channel that a goroutine waits on, while the
// goroutine is scanned.
func adjust(c *hchan) {
	lock(&c.lock)
	if c.recvq != nil && faketime != 0 {
		wakep()
	}
	unlock(&c.lock)
}

func gentraceback(gp *g, callback func(*stkframe, unsafe.Pointer) bool, v unsafe.Pointer) (n int) {
	for i := range gp.frames {
		if callback != nil && !callback(&gp.frames[i], v) {
			return n
		}
		n++
	}
	return n
}

// Depth asks for the length of a stack under the scheduler's lock, and gives
// no callback.
func Depth(gp *g) int {
	lock(&sched.lock)
	n := gentraceback(gp, nil, nil)
	unlock(&sched.lock)
	return n
}

// PrintAll prints the frames of a goroutine that is stopped for it.
func PrintAll(gp *g) {
	s := readgstatus(gp) &^ gScan
	if !castogscanstatus(gp, s, s|gScan) {
		return
	}
	gentraceback(gp, printframe, nil)
	casfromgscan(gp, s|gScan, s)
}

func printframe(f *stkframe, _ unsafe.Pointer) bool {
	lock(&debuglock)
	println(f.pc)
	unlock(&debuglock)
	return true
}

func scanframeworker(f *stkframe, gcw *gcWork) {
	if len(f.args) > 0 {
		scanblock(f.args, gcw)
	}
}

func scanblock(words []uintptr, gcw *gcWork) {
	for _, w := range words {
		if w != 0 {
			greyobject(w, gcw)
		}
	}
}

func greyobject(obj uintptr, gcw *gcWork) {
	if obj&7 != 0 {
		throw("greyobject: obj not pointer-aligned")
	}
	gcw.put(obj)
}

func (w *gcWork) put(obj uintptr) {
	w.buf = append(w.buf, obj)
	if len(w.buf) > 512 {
		w.buf = w.buf[:256]
		enlistWorker()
	}
}

// enlistWorker asks for one more worker.
func enlistWorker() {
	if gcWorkers == 0 && sched.idle > 0 {
		gcWorkers++
	}
}

func wakep() {
	if atomic.LoadUint32(&sched.spins) == 0 {
		startm()
	}
}

func startm() {
	lock(&sched.lock)
	if sched.idle == 0 {
		unlock(&sched.lock)
		return
	}
	sched.idle--
	if faketime != 0 {
		sched.woken = faketime
		casgstatus(getg(), gWaiting, gRunnable)
	}
	unlock(&sched.lock)
}
