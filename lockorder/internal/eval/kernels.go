package main

// A defect is a finding to expect, told in words separated by blanks; a word
// a|b means either.
type defect struct {
	kinds string // any one of them
	locks string // all of them, by their names within the kernel's package
	lines string // all of them, among the finding's positions
}

// An expectation is what a kernel's report should hold. A kernel without one,
// and all that is not listed, should be silent.
type expectation struct {
	// want is the defect; where it can be seen in more than one way, any one
	// of them is enough.
	want []defect
	// may are true findings beside the defect: the same missing unlock told as
	// a leak, another way to hang in the same code. They are no false ones, and
	// nothing is missed without them.
	may []defect
}

func one(kinds, locks, lines string) expectation {
	return expectation{want: []defect{{kinds, locks, lines}}}
}

// kernels is what GoBench's blocking kernels should be reported as, read from
// their source: the line where each lock is taken first, then the line where
// the goroutine hangs.
var kernels = map[string]expectation{
	// Resource deadlocks, AB-BA. Each lock and the one taken under it.
	"cockroach_10214": one("cycle", "Store.coalescedMu.Mutex Replica.raftMu", "30 51 58 83"),
	"cockroach_7504":  one("cycle", "LeaseState.mu tableNameCache.mu", "58 91 74 84"),
	// The locks live in one package variable, which may name them.
	"hugo_3251":        one("cycle", "remoteLock.RWMutex|remoteURLLock.RWMutex remoteLock.m[*]|remoteURLLock.m[*]", "20 24 29"),
	"kubernetes_13135": one("cycle", "Cacher.Mutex WatchCache.RWMutex", "72 112 100 67"),
	"kubernetes_30872": one("cycle", "federatedInformerImpl.Mutex DeltaFIFO.lock", "86 157 162 92"),
	// removeDeviceAndWait unlocks its caller's lock and takes it again.
	"moby_4951": one("cycle", "DeviceSet.Mutex DevInfo.lock", "28|55 33 55"),

	// Resource deadlocks, "double locking": relocks, and locks never released.
	"cockroach_584": { // bootstrap returns holding, manage locks again
		want: []defect{{"relock", "Gossip.mu", "15 27"}, {"leak", "Gossip.mu", "15|27"}},
	},
	"cockroach_9935": one("relock", "loggingT.mu", "24 37"),
	"etcd_10492":     one("relock", "lessor.mu", "31 19"),
	"etcd_5509":      one("leak", "Client.mu", "37|42"), // acquire returns without RUnlock
	"etcd_6708":      one("relock", "httpClusterClient.RWMutex", "54 49"),
	"grpc_3017":      one("leak", "lbCacheClientConn.mu", "63|65"), // the timer's function returns holding
	"grpc_795": {
		want: []defect{{"relock", "Server.mu", "14"}}, // at 16, or in the next GracefulStop at 14
		may:  []defect{{"leak", "Server.mu", "14|16|17|20"}},
	},
	"hugo_5379": {
		want: []defect{{"relock", "Page.contentInitMu", "99 66"}},
		// sync.Once as a lock: plainInit.Do waits for contentInitMu, whose
		// holder waits for plainInit; so does contentInit, but for its timeout.
		may: []defect{{"cycle|wait", "Page.contentInitMu", "64|66|92|99"}},
	},
	"moby_17176":     one("leak", "DeviceSet.Mutex", "34|37"),
	"moby_36114":     one("relock", "serviceVM.Mutex", "24 30"),
	"moby_7559":      one("relock", "UDPProxy.connTrackLock", "22"), // round the loop by continue
	"syncthing_4829": one("relock", "Mapping.mut", "17 30"),

	// Resource deadlocks, RWR: a read lock taken twice with a writer between.
	"cockroach_16167":  one("rlock", "Executor.systemConfigMu", "51 69"), // Cond.L is its RLocker
	"cockroach_3710":   one("rlock", "Store.mu.RWMutex", "30 38"),
	"cockroach_6181":   one("rlock", "rangeDescriptorCache.rangeCacheMu", "29 37"), // fmt calls String
	"kubernetes_62464": one("rlock", "stateMemory.RWMutex", "33 42|52"),
	// Cond.Wait releases its own lock, not the read lock held over it.
	"kubernetes_58107": one("wait", "ResourceQuotaController.workerLock", "62 47"),

	// Mixed deadlocks: a wait under a lock that the other side needs. Any line
	// of the three: the lock, the wait, the other side's lock.
	"cockroach_1055": one("wait", "Stopper.mu", "35|38|43|46|48|53"),
	"etcd_6873":      one("wait", "watchBroadcasts.mu", "38|43|46"),
	"etcd_7443": {want: []defect{
		{"wait", "simpleBalancer.mu", "144|153|162|166"},
		{"wait", "addrConn.mu", "18|27|153|166"},
	}},
	"etcd_7492":        one("wait", "tokenSimple.simpleTokensMu", "69|89|95"),
	"etcd_7902":        one("wait", "doRounds.mu", "49|63|67"),
	"grpc_1353":        one("wait", "roundRobin.mu", "76|78|82"),
	"grpc_1460":        one("wait", "http2Client.mu", "31|33|41"),
	"istio_16224":      one("wait", "TestIstio16224.lock", "91|93|101"),
	"kubernetes_10182": one("wait", "statusManager.podStatusesLock", "38|43|45"),
	"kubernetes_1321": {want: []defect{
		{"wait", "Mux.lock", "70|74|80"},
		{"wait", "globalMtx", "57|72|74"},
	}},
	"kubernetes_26980": one("wait", "processorListener.lock", "24|33|35|58"),
	"kubernetes_6632":  one("wait", "idleAwareFramer.writeLock", "36|46|51"),
	"moby_28462":       one("wait", "Container.Mutex", "51|77|93"),

	// Mixed by their label, but with no lock, or no lock that the other side
	// needs: cockroach_1462, moby_25384. In serving_2137 a lock is handed from
	// function to function in a slice.
	"serving_2137": {may: []defect{{"wait", "request.lock", "44|50|79"}}},

	// Communication deadlocks are silent. One waits inside a Once for the
	// goroutine that is inside it.
	"syncthing_5795": {may: []defect{{"wait", "rawConnection.closeOnce", "80|82"}}},
}
