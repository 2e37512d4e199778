package lockorder

import "github.com/lockorder/lockorder/lockorder/internal/model"

// An UnknownAssumption is the error of Run for an id in Config.Suspend that no
// built-in assumption has. Nothing has been read then.
type UnknownAssumption = model.UnknownAssumption

// A Config says what to analyse and what to report.
type Config struct {
	// Dir is the working directory; "" is the current one.
	Dir string
	// Patterns are package patterns as in go build; none means the roots of
	// lockorder.toml, or ./... .
	Patterns []string
	// Tests includes the packages' tests.
	Tests bool
	// Tags is a comma-separated list of build tags.
	Tags string
	// GOROOT takes the standard library from this Go tree, relative to Dir;
	// "" is the installed one.
	GOROOT string
	// Env is the environment of the go command; nil is os.Environ().
	Env []string

	// Kinds to report; none means those of lockorder.toml, or all of them.
	Kinds []Kind
	// Confidence is the least to report; "" is that of lockorder.toml, or
	// Medium.
	Confidence Confidence
	// Graph puts the whole lock graph into the report.
	Graph bool
	// Suspend names assumptions of the models (by id) not to rely on.
	Suspend []string
	// ConfigFile is the path of a lockorder.toml, relative to Dir; "" means the one beside the
	// go.mod of Dir, if there is one. With GOROOT it must be named: the
	// configuration of a module says nothing of another tree.
	ConfigFile string

	// Progress, if not nil, is called as each stage begins.
	Progress func(stage string)
}
