package server

import (
	"testing"

	"github.com/nats-io/nats.go"
)

// TestReloadDebug is LO-98358090. One goroutine a server does what a reload of
// `debug` does, over and over, since the window is of microseconds; streams of
// three replicas come and go, and with each a raft group ends.
func TestReloadDebug(t *testing.T) {
	servers := threeServers(t)
	js := connect(t, servers[0])
	stream := &nats.StreamConfig{Name: "S", Subjects: []string{"s"}, Replicas: 3, Storage: nats.MemoryStorage}
	until(t, func() error { _, err := js.AddStream(stream); return err })

	for _, s := range servers {
		go func() {
			for debug := false; ; debug = !debug {
				s.reloadDebugRaftNodes(debug)
			}
		}()
	}
	for { // an error says only that the cluster is slow, or stands
		_ = js.DeleteStream(stream.Name)
		_, _ = js.AddStream(stream)
	}
}
