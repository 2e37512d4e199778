package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

// profiles are the files for pprof, under the names that the Go tools give
// their flags. -help does not list them: they are for who works on lockorder.
type profiles struct{ cpu, mem string }

func (p *profiles) define(f *flag.FlagSet) {
	f.StringVar(&p.cpu, "cpuprofile", "", "write a CPU profile to `file`")
	f.StringVar(&p.mem, "memprofile", "", "write an allocation profile to `file` at the end")
}

// start begins what was asked for; stop writes it.
func (p *profiles) start() (stop func() error, err error) {
	var cpu *os.File
	if p.cpu != "" {
		if cpu, err = os.Create(p.cpu); err != nil {
			return nil, fmt.Errorf("-cpuprofile: %w", err)
		}
		if err := pprof.StartCPUProfile(cpu); err != nil {
			return nil, errors.Join(fmt.Errorf("-cpuprofile: %w", err), cpu.Close())
		}
	}
	return func() error {
		if cpu != nil {
			pprof.StopCPUProfile()
			err = cpu.Close()
		}
		if p.mem != "" {
			err = errors.Join(err, writeHeap(p.mem))
		}
		return err
	}, nil
}

// writeHeap writes what is live and all that was allocated.
func writeHeap(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("-memprofile: %w", err)
	}
	runtime.GC() // the profile is as of the last collection
	return errors.Join(pprof.Lookup("allocs").WriteTo(f, 0), f.Close())
}
