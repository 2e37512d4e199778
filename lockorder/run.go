package lockorder

// A Config says what to analyse and what to report.
type Config struct {
	// Dir is the working directory; "" is the current one.
	Dir string
	// Patterns are package patterns as in go build; none means ./... .
	Patterns []string
	// Tests includes the packages' tests.
	Tests bool
	// Tags is a comma-separated list of build tags.
	Tags string
	// GOROOT takes the standard library from this Go tree; "" is the
	// installed one.
	GOROOT string
	// Env is the environment of the go command; nil is os.Environ().
	Env []string

	// Kinds to report; none means all of them.
	Kinds []Kind
	// Confidence is the least to report; "" is Medium.
	Confidence Confidence
	// Graph puts the whole lock graph into the report.
	Graph bool
	// Suspend names assumptions of the models (by id) not to rely on.
	Suspend []string
	// ConfigFile is the path of a lockorder.toml; "" means the one beside the
	// main module's go.mod, if there is one.
	ConfigFile string

	// Progress, if not nil, is called as each stage begins.
	Progress func(stage string)
}
