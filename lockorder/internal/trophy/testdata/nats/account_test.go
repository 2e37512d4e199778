package server

import (
	"bytes"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// TestAccountRenewed is LO-d60c85c8. The claims of an account with a stream of
// three replicas have expired, and the resolver has new ones. What a server does
// when it hears of another one tells the raft group of the stream to look where
// its traffic goes, and that fetches the claims with the group's lock held.
// Meanwhile somebody asks whether the stream is current, and waits for the group
// with the lock of JetStream held. The new claims are applied, under that lock.
func TestAccountRenewed(t *testing.T) {
	a := newExpired(t, false, unchanged)
	go a.server.updateNRGAccountStatus()
	<-a.claims.asked
	a.server.JetStreamIsStreamCurrent(a.name, "S")
	t.Fatal("told whether the stream is current")
}

// TestAccountWithoutJetStream is LO-e9819a49. As before, but the new claims have
// no JetStream, so that the stream is to be stopped, and who waits for the group
// makes a snapshot of the stream, with its lock held.
func TestAccountWithoutJetStream(t *testing.T) {
	a := newExpired(t, false, withoutJetStream)
	go a.server.updateNRGAccountStatus()
	<-a.claims.asked
	err := a.server.JetStreamSnapshotStream(a.name, "S")
	t.Fatalf("the snapshot is made: %v", err)
}

// TestAccountWithoutConsumer is LO-c21c4107. As the one before, with the group of
// a consumer, which its leader deletes meanwhile. Of the groups of the account
// that one is told, in the way in which all are.
func TestAccountWithoutConsumer(t *testing.T) {
	a := newExpired(t, true, withoutJetStream)
	go a.consumer.node.RecreateInternalSubs()
	<-a.claims.asked
	err := a.consumer.delete()
	t.Fatalf("the consumer is deleted: %v", err)
}

// An account has a stream S of three replicas, which may have a consumer C.
type account struct {
	name     string
	claims   *claims
	server   *Server
	consumer *consumer // nil, or C, which server leads
}

// newExpired returns an account whose claims have expired: the next to fetch
// them for a raft group gets others, which change was given.
func newExpired(t *testing.T, consumer bool, change func(*jwt.AccountClaims)) *account {
	t.Helper()
	operator, operatorName := newKey(t, nkeys.CreateOperator)
	_, system := newKey(t, nkeys.CreateAccount)
	owner, name := newKey(t, nkeys.CreateAccount)
	user, userName := newKey(t, nkeys.CreateUser)

	ac := jwt.NewAccountClaims(name)
	ac.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
	ac.Expires = time.Now().Add(20 * time.Second).Unix()
	c := &claims{asked: make(chan struct{})}
	_ = c.Store(system, encode(t, jwt.NewAccountClaims(system), operator))
	_ = c.Store(name, encode(t, ac, operator))
	servers := threeServers(t, func(o *Options) {
		o.TrustedKeys, o.SystemAccount, o.AccountResolver = []string{operatorName}, system, c
	})

	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	js := connect(t, servers[0], nats.NoReconnect(), nats.UserJWTAndSeed(encode(t, jwt.NewUserClaims(userName), owner), string(seed)))
	stream := &nats.StreamConfig{Name: "S", Subjects: []string{"s"}, Replicas: 3, Storage: nats.MemoryStorage}
	until(t, func() error { _, err := js.AddStream(stream); return err })
	a := &account{name: name, claims: c, server: servers[0]}
	if consumer {
		durable := &nats.ConsumerConfig{Durable: "C", AckPolicy: nats.AckExplicitPolicy}
		until(t, func() error { _, err := js.AddConsumer("S", durable); return err })
		until(t, func() error { return a.findLeader(servers) })
	}

	ac.Expires = 0
	change(ac)
	c.renewed = encode(t, ac, operator)
	until(t, func() error {
		if v, ok := a.server.accounts.Load(name); !ok || !v.(*Account).IsExpired() {
			return errors.New("the account does not expire")
		}
		return nil
	})
	return a
}

// findLeader looks for the server that leads C.
func (a *account) findLeader(servers []*Server) error {
	for _, s := range servers {
		acc, err := s.lookupAccount(a.name)
		if err != nil {
			return err
		}
		mset, err := acc.lookupStream("S")
		if err != nil {
			return err
		}
		if o := mset.lookupConsumer("C"); o != nil && o.isLeader() {
			a.server, a.consumer = s, o
			return nil
		}
	}
	return errors.New("nobody leads the consumer")
}

func unchanged(*jwt.AccountClaims) {}

func withoutJetStream(ac *jwt.AccountClaims) {
	ac.Limits.JetStreamLimits = jwt.JetStreamLimits{}
}

// claims is a resolver. It has the old claims of an account for everybody but a
// raft group, whom it gives the new ones once the test waits for the group.
type claims struct {
	MemAccResolver
	renewed string
	asked   chan struct{} // closed when a raft group has asked
}

func (c *claims) Fetch(name string) (string, error) {
	stack := make([]byte, 1<<16)
	stack = stack[:runtime.Stack(stack, false)]
	if c.renewed == "" || !bytes.Contains(stack, []byte(".recreateInternalSubsLocked(")) {
		return c.MemAccResolver.Fetch(name)
	}
	close(c.asked)
	for !testWaits() {
		time.Sleep(10 * time.Millisecond)
	}
	return c.renewed, nil
}

// testWaits says whether the goroutine of the test waits for a lock.
func testWaits() bool {
	for g := range bytes.SplitSeq(stacks(), []byte("\n\n")) {
		head, _, _ := bytes.Cut(g, []byte("\n"))
		if bytes.Contains(head, []byte("[sync.")) && bytes.Contains(g, []byte("server.TestAccount")) {
			return true
		}
	}
	return false
}

// newKey returns a pair of keys and its public name.
func newKey(t *testing.T, create func() (nkeys.KeyPair, error)) (nkeys.KeyPair, string) {
	t.Helper()
	pair, err := create()
	if err != nil {
		t.Fatal(err)
	}
	name, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return pair, name
}

// encode returns the claims as a token that the key has signed.
func encode(t *testing.T, c jwt.Claims, key nkeys.KeyPair) string {
	t.Helper()
	token, err := c.Encode(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}
