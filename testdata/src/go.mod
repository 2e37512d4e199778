module example.com/testdata

go 1.26

require (
	github.com/sasha-s/go-deadlock v0.0.0
	golang.org/x/sync v0.0.0
)

replace (
	github.com/sasha-s/go-deadlock => ../modules/go-deadlock
	golang.org/x/sync => ../modules/sync
)
