package mechanism

import (
	"cmp"
	"encoding"
	"reflect"
	"strings"

	"concord/statement"
)

// bounds says how long each field of an act may be, in bytes of UTF-8: for strings, and for each string of a list. A field
// is named as in JSON; where one name stands for two things, with its type before it. What is for a person to read is
// wide enough for any honest use; what is for the program is as long as its form. A test holds that no field is forgotten.
var bounds = map[string]int{
	// keys, codes, and words of a vocabulary
	"id": 128, "version": 64, "pack": 64, "code": 64, "party": 8, "parties": 8, "order": 8, "country": 8, "host": 8, "between": 64,
	"rotation": 64, "office": 32, "RelievePerson.person": 64, "body": 64, "meeting": 64, "tracks": 64, "capital_zone": 64, "zone": 64,
	"start": 10, "end": 10, "status": 32, "kind": 64, "adopted": 10, "AcceptClock.clock": 32, "text": 12, "ref": 32, "on": 256,
	"language": 16, "instrument": 64, "modifiers": 64, "basis": 64, "strength_from": 64, "program": 200, "rule": 500,

	// names, and what people write
	"name": 2_000, "short": 2_000, "official": 2_000, "title": 2_000, "place": 2_000, "level": 2_000, "Person.name": 300,
	"Track.words": 500, "words": 10_000, "summary": 20_000, "note": 10_000, "reason": 10_000, "source": 4_000,
	"parties_source": 4_000, "AcceptRollback.checkpoint": 4_000, "groups": 64 << 10,

	// words of a text, and places in it
	"action": 64 << 10, "cue": 64 << 10, "Actor.text": 64 << 10, "SummaryActor.text": 64 << 10, "Deadline.text": 64 << 10, "clause": 1_000,

	// a file, and how it was read; that one follows from the other is held by the act
	"file": statement.MaxFile, "Document.name": 1_000, "format": 32, "encoding": 64, "digest": 64, "content": 64 << 10,
	"original": 16 * statement.MaxFile, "reading": 16 * statement.MaxFile, "was": 16 * statement.MaxFile, "now": 16 * statement.MaxFile,
	"type": 64, "role": 64, "Clause.id": 1_000, "number": 1_000, "parent": 1_000, "heading": 64 << 10,
}

const (
	maxList = 1_000_000 // entries of a list
	maxTags = 100       // entries by language, or by another tag
	maxTag  = 64        // bytes of a tag
)

// bound holds one value against its bound.
type bound func(v reflect.Value) error

// boundsByAct are made once from the types of the acts and the table.
var boundsByAct = func() map[reflect.Type]bound {
	all := map[reflect.Type]bound{}
	for _, k := range kinds {
		all[k.act] = boundOf(k.act.Elem(), "", k.act.Elem().Name(), "")
	}
	return all
}()

// checkBounds holds every field of an act against the table.
func checkBounds(a Act) error { return boundsByAct[reflect.TypeOf(a)](reflect.ValueOf(a).Elem()) }

var writesItself = reflect.TypeFor[encoding.TextMarshaler]()

// boundOf makes what holds the values of a type, in a field of an owner; path is how a person is told of it. Nil where there is
// nothing to hold: numbers, and what has one form of its own.
func boundOf(t reflect.Type, path, owner, field string) bound {
	if t.Implements(writesItself) {
		return nil
	}
	switch t.Kind() {
	case reflect.String:
		return boundOfBytes(path, owner, field)
	case reflect.Pointer:
		return boundOfPointer(boundOf(t.Elem(), path, owner, field))
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return boundOfBytes(path, owner, field)
		}
		return boundOfList(path, boundOf(t.Elem(), path, owner, field))
	case reflect.Map:
		return boundOfMap(path, boundOf(t.Elem(), path, owner, field))
	case reflect.Struct:
		return boundOfStruct(t, path)
	}
	return nil
}

func tooLong(path string, most, is int) error {
	return invalid("%s has at most %d bytes, and this has %d", path, most, is)
}

func boundOfBytes(path, owner, field string) bound {
	most := cmp.Or(bounds[owner+"."+field], bounds[field])
	if most == 0 {
		panic("mechanism: no bound for the field " + owner + "." + field)
	}
	return func(v reflect.Value) error {
		if v.Len() > most {
			return tooLong(path, most, v.Len())
		}
		return nil
	}
}

func boundOfPointer(inner bound) bound {
	if inner == nil {
		return nil
	}
	return func(v reflect.Value) error {
		if v.IsNil() {
			return nil
		}
		return inner(v.Elem())
	}
}

func boundOfList(path string, inner bound) bound {
	return func(v reflect.Value) error {
		if v.Len() > maxList {
			return invalid("%s has at most %d entries, and this has %d", path, maxList, v.Len())
		}
		for i := 0; inner != nil && i < v.Len(); i++ {
			if err := inner(v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
}

func boundOfMap(path string, inner bound) bound {
	return func(v reflect.Value) error {
		if v.Len() > maxTags {
			return invalid("%s has at most %d entries, and this has %d", path, maxTags, v.Len())
		}
		for entries := v.MapRange(); entries.Next(); {
			if n := entries.Key().Len(); n > maxTag {
				return tooLong(path, maxTag, n)
			}
			if err := inner(entries.Value()); err != nil {
				return err
			}
		}
		return nil
	}
}

// boundOfStruct holds each field; what is embedded stands among the fields of its owner.
func boundOfStruct(t reflect.Type, path string) bound {
	type held struct {
		at    int
		bound bound
	}
	var fields []held
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := strings.TrimPrefix(path+"."+name, ".")
		if f.Anonymous {
			inner = path
		} else if !f.IsExported() {
			continue
		}
		if b := boundOf(f.Type, inner, t.Name(), name); b != nil {
			fields = append(fields, held{i, b})
		}
	}
	if fields == nil {
		return nil
	}
	return func(v reflect.Value) error {
		for _, f := range fields {
			if err := f.bound(v.Field(f.at)); err != nil {
				return err
			}
		}
		return nil
	}
}
