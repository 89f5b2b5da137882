package mechanism

import (
	"fmt"
	"reflect"
	"strings"
)

// ActsDocument is the document of all kinds of acts, made from the table: docs/acts.md.
func ActsDocument() string {
	var b strings.Builder
	b.WriteString(`# Acts: everything that can happen in a mechanism

This page is made from the tables at the head of the files in ` + "`mechanism`" + `. An act is one line of the record: a header (number, instant, kind,
actor, visibility, hash of the body) and a body, the JSON object whose fields are listed here. A released kind never
changes its meaning.

| kind | who may | who may read it | fields of the body |
|---|---|---|---|
`)
	for _, k := range kinds {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.Name, rightNames(k.Who), k.Readers.Class, strings.Join(fieldNames(reflect.TypeOf(k.New()).Elem()), ", "))
	}
	b.WriteString("\nThe founder may do what an officer may, until the first officer is appointed.\n\nA body that is not public begins with a field `salt`, which is no part of the act: the hashes of all bodies are public,\nand a short one must not be found by trying.\n")
	return b.String()
}

// fieldNames gives the JSON names of a struct's fields, those of embedded structs in their place.
func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			names = append(names, fieldNames(f.Type)...)
			continue
		}
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(names, "`"+name+"`")
		}
	}
	return names
}
