// Package goker_grpc_862_fixed: a dial that fails ends the context of its
// goroutine.
package goker_grpc_862_fixed

import "context"

// want nothing

type Conn struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (c *Conn) reset() { <-c.ctx.Done() }

func Dial(ctx context.Context, up bool) (conn *Conn, err error) {
	c := &Conn{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	defer func() {
		if err != nil {
			c.cancel()
		}
	}()
	go c.reset()
	if !up {
		return nil, context.DeadlineExceeded
	}
	return c, nil
}
