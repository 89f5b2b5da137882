package mechanism

import (
	"reflect"
	"slices"
)

// Kind describes one kind of act. Each noun's file opens with the table of its kinds.
type Kind struct {
	Name    string  // "commitment.accept"; a change of meaning is a new kind
	Who     []Right // who may do it: whoever has one of these rights
	Readers Readers // who may read it
	New     func() Act

	act reflect.Type
}

// Kinds is everything that can happen, in the order in which a mechanism meets it.
func Kinds() []Kind { return kinds }

var (
	kinds = slices.Concat(mechanismKinds, partyKinds, trackKinds, bodyKinds, meetingKinds, personKinds, textKinds, commitmentKinds, noteKinds, clockKinds, rollbackKinds)

	kindByName = indexed(func(k *Kind) string { return k.Name })
	kindByAct  = indexed(func(k *Kind) reflect.Type { return k.act })
)

// kind is one line of a table; the type of the act is given, so that no act says its name again.
func kind[A any, P interface {
	*A
	Act
}](name string, who []Right, readers Readers) Kind {
	return Kind{name, who, readers, func() Act { return P(new(A)) }, reflect.TypeFor[P]()}
}

func indexed[K comparable](key func(*Kind) K) map[K]*Kind {
	index := make(map[K]*Kind, len(kinds))
	for i := range kinds {
		k := key(&kinds[i])
		if index[k] != nil {
			panic("mechanism: two kinds of acts have one name or one type: " + kinds[i].Name)
		}
		index[k] = &kinds[i]
	}
	return index
}

// KindNamed finds a kind by its name.
func KindNamed(name string) (Kind, bool) {
	k, ok := kindByName[name]
	if !ok {
		return Kind{}, false
	}
	return *k, true
}

// KindOf gives the kind of an act. Acts are pointers.
func KindOf(a Act) Kind {
	if k, ok := kindByAct[reflect.TypeOf(a)]; ok {
		return *k
	}
	return Kind{}
}
