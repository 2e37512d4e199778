package server

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// TestResources is LO-6bc3e1f7. A stream of one replica, retained by interest,
// is on a server that is over its limit of memory; a goroutine publishes into
// it, another updates its consumer's filter. The server asks the meta layer to
// step down once in ten seconds; that pause is taken out, by forgetting when it
// was, so that the way is met at once and not in the one chance of ten seconds.
func TestResources(t *testing.T) {
	servers := threeServers(t)
	js := connect(t, servers[0])
	stream := &nats.StreamConfig{Name: "S", Subjects: []string{"s.*"}, Retention: nats.InterestPolicy, Storage: nats.MemoryStorage}
	consumer := &nats.ConsumerConfig{Durable: "C", FilterSubject: "s.a", AckPolicy: nats.AckExplicitPolicy}
	until(t, func() error { _, err := js.AddStream(stream); return err })
	until(t, func() error { _, err := js.AddConsumer(stream.Name, consumer); return err })
	until(t, func() error { _, err := js.Publish("s.a", make([]byte, 100)); return err })

	host := hostOf(t, servers, stream.Name)
	atomic.StoreInt64(&host.getJetStream().memMax, 1)
	go func() {
		for ; ; time.Sleep(time.Millisecond) {
			host.rerrMu.Lock()
			host.rerrLast = time.Time{}
			host.rerrMu.Unlock()
		}
	}()
	publisher := connect(t, servers[0])
	go func() {
		for { // refused: the server has no memory left
			_, _ = publisher.Publish("s.a", make([]byte, 100))
		}
	}()
	for i := 0; ; i++ {
		consumer.FilterSubject = []string{"s.a", "s.b"}[i%2]
		_, _ = js.UpdateConsumer(stream.Name, consumer)
	}
}

// hostOf returns the server that has the stream.
func hostOf(t *testing.T, servers []*Server, stream string) *Server {
	t.Helper()
	for _, s := range servers {
		if s.JetStreamIsStreamLeader(globalAccountName, stream) {
			return s
		}
	}
	t.Fatalf("no server has the stream %s", stream)
	return nil
}
