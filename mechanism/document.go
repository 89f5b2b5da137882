package mechanism

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

//go:embed examples.jsonl
var examplesFile []byte

// Example is an act as a program sends it. Its fields are of an act that was done, with "..." in place of what is long.
type Example struct {
	Kind string          `json:"kind"`
	Act  json.RawMessage `json:"act"`
}

// Examples gives an act of each kind, in the order of the table.
func Examples() []Example {
	var all []Example
	for line := range bytes.Lines(examplesFile) {
		var e Example
		if err := json.Unmarshal(line, &e); err != nil {
			panic(err) // part of the program, held by a test
		}
		all = append(all, e)
	}
	return all
}

// Fields are the names of the fields of an act's body.
func (k Kind) Fields() []string { return fieldNames(reflect.TypeOf(k.New()).Elem()) }

// ActsDocument is the document of all kinds of acts, made from the table and the examples: docs/acts.md.
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
		fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", k.Name, rightNames(k.Who), k.Readers.Class, strings.Join(k.Fields(), "`, `"))
	}
	b.WriteString(`
The founder may do what an officer may, until the first officer is appointed.

A body that is not public begins with a field ` + "`salt`" + `, which is no part of the act: the hashes of all bodies are public,
and a short one must not be found by trying.

## How a program does an act

It sends one act, or several that are done all or none, with the access token that an officer gave to its person:

    curl https://concord.example/acts -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
      -d '{"acts": [{"kind": "note.add", "act": {"on": "mechanism:lake-compact", "words": "ask the harbour authority"}}]}'

[api.md](api.md) says what is answered, how the same is sent again safely, and what can go wrong. The address ` + "`/acts`" + ` lists the
kinds that its visitor may do.
`)
	fmt.Fprintf(&b, `
## How long a field may be

In bytes of UTF-8; of a list, each entry. A list has at most %d entries, what is given by language at most %d. Names of
people, parties, bodies and of the mechanism hold no signs that nobody sees and no word in letters of two alphabets.

| field | bytes |
|---|---|
`, maxList, maxTags)
	for _, field := range slices.Sorted(maps.Keys(bounds)) {
		fmt.Fprintf(&b, "| `%s` | %d |\n", field, bounds[field])
	}
	b.WriteString(`
## An example of each kind

What stands here is what goes into the list ` + "`acts`" + `. The examples are from a record of an invented mechanism; "..." stands for
what is long: a file, in base64, and what was read in it.
`)
	for _, e := range Examples() {
		body, err := json.MarshalIndent(e, "", "  ")
		if err != nil {
			panic(err) // it was JSON before
		}
		fmt.Fprintf(&b, "\n### `%s`\n\n```json\n%s\n```\n", e.Kind, body)
	}
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
			names = append(names, name)
		}
	}
	return names
}
