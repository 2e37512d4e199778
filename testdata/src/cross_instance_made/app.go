// Package cross_instance_made keeps the server that it makes with itself: the
// server's handler's server is the server, which the constructor, in another
// package, and the store, here, say together.
package cross_instance_made

import "example.com/testdata/cross_instance_made/server"

// An App has a server.
type App struct{ s *server.Server }

// New makes one.
func New() *App {
	a := &App{}
	a.s = server.New(a)
	return a
}

// Handle stops the server that calls it.
func (a *App) Handle(x string) {
	if x == "stop" {
		a.s.Stop() // want relock: /server.Server.mu
	}
}
