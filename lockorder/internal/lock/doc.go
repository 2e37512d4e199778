// Package lock says what a lock is: its class, its instance and its mode.
//
// An instance is an access path: a root (a parameter, a free variable, a
// global, a value of one function) followed by selectors (fields, elements).
// Paths are interned, so equal paths are equal pointers. Pointer dereference
// is not a selector: the address of a field, the field, and what a pointer
// field points to have one path, because a program never locks both.
//
// A class is what all instances of one declaration share, and has a canonical
// name: import/path.Type.field, import/path.var, import/path.Func.local.
// The identity behind the name is the field object, so a field reached
// through two named types is one class.
//
// The package knows go/types; it does not know how a function is walked.
package lock
