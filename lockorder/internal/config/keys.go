package config

import (
	"fmt"
	"reflect"
	"strings"
)

// unknown says that there is no such key, and which there are.
func unknown(key []string) string {
	t, where := reflect.TypeFor[document](), "at the top"
	for _, k := range key[:len(key)-1] {
		next, ok := field(t, k)
		if !ok {
			break
		}
		t, where = next, "in "+k
	}
	for t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	last := key[len(key)-1]
	if t.Kind() != reflect.Struct {
		return "unknown key " + last
	}
	hint := ""
	if where == "at the top" && strings.ContainsAny(last, "/.") {
		hint = fmt.Sprintf("; the rows of a package's model stand in [model.%q]", last)
	}
	return fmt.Sprintf("unknown key %s %s; there are %s%s", last, where, strings.Join(keysOf(t), ", "), hint)
}

// wanted describes the value that belongs to a key, or returns "".
func wanted(key []string) string {
	t := reflect.TypeFor[document]()
	for _, k := range key {
		next, ok := field(t, k)
		if !ok {
			return ""
		}
		t = next
	}
	return describe(t, key)
}

func describe(t reflect.Type, key []string) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Map:
		return "a table"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return "a list of strings"
		}
		return "tables, [[" + strings.Join(key, ".") + "]]"
	}
	return ""
}

// field follows one key of a document.
func field(t reflect.Type, key string) (reflect.Type, bool) {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Map {
		return t.Elem(), true
	}
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("toml") == key {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// keysOf lists the keys of a table.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("toml"); k != "-" {
			keys = append(keys, k)
		}
	}
	return keys
}
