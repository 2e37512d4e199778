// Package goker_grpc_1275_fixed: closing the stream sends to its reader.
package goker_grpc_1275_fixed

// want nothing

type Stream struct{ recv chan []byte }

func (s *Stream) Read() []byte { return <-s.recv }

func (s *Stream) Close() { s.recv <- nil }

func Use(s *Stream) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Read()
	}()
	s.Close()
	<-done
}
