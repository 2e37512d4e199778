package server

import (
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// threeServers starts a cluster of three on the loopback, with JetStream; each
// of with may change the options of each server.
func threeServers(t *testing.T, with ...func(*Options)) []*Server {
	t.Helper()
	var ports []int
	var routes []*url.URL
	for range 3 {
		port := freePort(t)
		ports = append(ports, port)
		routes = append(routes, &url.URL{Scheme: "nats-route", Host: fmt.Sprintf("127.0.0.1:%d", port)})
	}
	var servers []*Server
	for i, port := range ports {
		opts := &Options{
			ServerName:         fmt.Sprintf("S%d", i),
			Host:               "127.0.0.1",
			Port:               RANDOM_PORT,
			Cluster:            ClusterOpts{Name: "three", Host: "127.0.0.1", Port: port},
			Routes:             routes,
			JetStream:          true,
			JetStreamMaxMemory: 64 << 20,
			JetStreamMaxStore:  64 << 20,
			StoreDir:           t.TempDir(),
			NoLog:              true,
			NoSigs:             true,
		}
		for _, change := range with {
			change(opts)
		}
		s, err := NewServer(opts)
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		servers = append(servers, s)
	}
	for _, s := range servers {
		if !s.ReadyForConnections(30 * time.Second) {
			t.Fatalf("%s does not come up", s.Name())
		}
	}
	return servers
}

// freePort returns a port that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// connect returns a client of s that waits no longer than two seconds for an
// answer.
func connect(t *testing.T, s *Server, opts ...nats.Option) nats.JetStreamContext {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	js, err := nc.JetStream(nats.MaxWait(2 * time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// until calls do until it succeeds: a cluster needs a while to choose its leader.
func until(t *testing.T, do func() error) {
	t.Helper()
	var err error
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if err = do(); err == nil {
			return
		}
	}
	t.Fatal(err)
}
