package server

import (
	"net"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
)

// TestLeafList is LO-f94dd58e. Four goroutines do, over and over, since the
// window is of microseconds, what the server does for an account of which two
// leaf nodes are connected, of one that is allowed: the one sends its
// subscriptions, another comes and goes, a subscription is told to the leaf
// nodes, and another server tells how many it has.
func TestLeafList(t *testing.T) {
	s, err := NewServer(&Options{Port: -1, LeafNode: LeafNodeOpts{Port: -1, Host: "127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("server does not start")
	}
	acc, err := s.RegisterAccount("A")
	if err != nil {
		t.Fatal(err)
	}
	acc.mu.Lock()
	acc.mleafs, acc.mconns = 1, jwt.NoLimit
	acc.mu.Unlock()

	client := func(kind int) *client {
		ours, theirs := net.Pipe()
		go func() { // whatever is sent
			for buf := make([]byte, 4096); ; {
				if _, err := theirs.Read(buf); err != nil {
					return
				}
			}
		}()
		c := &client{srv: s, nc: ours, acc: acc, kind: kind, leaf: &leaf{}}
		c.initClient()
		return c
	}
	stays, goes, asks := client(LEAF), client(LEAF), client(CLIENT)
	acc.addClient(stays)
	sub := &subscription{client: asks, subject: []byte("s")}
	others := &AccountNumConns{Server: ServerInfo{ID: "other"}, AccountStat: AccountStat{Account: "A", LeafNodes: 2}}

	go func() {
		for {
			s.initLeafNodeSmapAndSendSubs(stays)
		}
	}()
	go func() {
		for {
			acc.addClient(goes)
			acc.removeClient(goes)
		}
	}()
	go func() {
		for {
			acc.updateLeafNodes(sub, 1)
			acc.updateLeafNodes(sub, -1)
		}
	}()
	for {
		acc.updateRemoteServer(others)
	}
}
