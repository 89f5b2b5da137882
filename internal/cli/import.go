package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"concord/identity"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/secretariat"
)

var importCommand = command{
	name: "import", args: "FILE --data FOLDER [--adopted 2024-12-01] [--code CHD24]",
	short: "receive a text into a mechanism and propose the commitments in it",
	long: `
Receives the file of an adopted text: keeps it as it came, repairs a damaged copy reversibly, splits it into clauses and
proposes the commitments in it. It accepts none: a person does that, in the review queue of concord serve.

The text is recognized by its date of adoption when the mechanism knows of it; --code says which it is, or what a new
one shall be called in references such as CHD24-17. If the data folder holds no record yet, one is made, with the
mechanism of --pack and you as its officer.

Everything or nothing is entered. A text that was received before, in the same file or in the same words, is refused,
and so is a text of parties that the mechanism does not have.

  concord import statement.txt --data ./my-mechanism
  concord import statement.ru.docx --data ./my-mechanism --code CHD24 --source "mfa.example, 2 Dec 2024"`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		pack := set.String("pack", defaultPack, "the pack that founds a new record: a shipped one or a folder")
		person := set.String("as", "", "the person who receives it (default: the only officer)")
		r := secretariat.Reception{}
		set.StringVar(&r.Code, "code", "", "which text it is: its code, capital letters and digits")
		set.StringVar(&r.Title, "title", "", "its title, if it is new (default: as read)")
		set.StringVar(&r.Adopted, "adopted", "", "its date of adoption (default: as read)")
		set.StringVar(&r.Source, "source", "", "where the file is from, in your words")
		set.BoolVar(&r.ByParagraph, "by-paragraph", false, "take paragraphs as clauses if there are no numbered ones")
		parties := set.String("parties", "", "the parties that it binds: codes with commas (default: as read)")
		return func(ctx context.Context, env Env, args []string) error {
			name, err := oneArgument(args, "the file to import")
			if err != nil {
				return err
			}
			if err := at.settle(env); err != nil {
				return err
			}
			r.Name, r.Parties = filepath.Base(name), splitList(*parties)
			if r.Data, err = readFile(name, env.Stdin); err != nil {
				return err
			}
			if _, err := secretariat.Examine(ctx, r); err != nil { // before a record is made for nothing
				return byParagraphHint(err, r)
			}
			undo := at.begin()
			h, err := at.openOrFound(ctx, env, *pack, func(*mechanism.Pack) []mechanism.Person { return []mechanism.Person{localOfficer(env)} })
			if err != nil {
				return err
			}
			got, err := h.receive(ctx, *person, r)
			if err = errors.Join(byParagraphHint(err, r), h.Close()); err != nil {
				undo()
				return err
			}
			sayReceived(env, got, at)
			return nil
		}
	},
}

// receive enters a text as a person, or as the only officer.
func (h *house) receive(ctx context.Context, person string, r secretariat.Reception) (secretariat.Received, error) {
	by, err := officer(h.sec, person)
	if err != nil {
		return secretariat.Received{}, err
	}
	return h.sec.Receive(ctx, by, r)
}

// byParagraphHint names the option that the sentence speaks of.
func byParagraphHint(err error, r secretariat.Reception) error {
	if fault.KindOf(err) == fault.Invalid && strings.Contains(err.Error(), "no numbered clauses") {
		return fault.New(fault.Invalid, "%v (--by-paragraph)", err)
	}
	return err
}

// openOrFound opens the record, or makes one of the pack with the people that it shall begin with.
func (p *place) openOrFound(ctx context.Context, env Env, pack string, people func(*mechanism.Pack) []mechanism.Person) (*house, error) {
	there, err := p.exists(ctx)
	if err != nil {
		return nil, err
	}
	if there {
		h, err := p.openAny(ctx, env, new(words))
		if err != nil || h.sec.Acts() > 0 {
			return h, err
		}
		if err := h.Close(); err != nil { // its founding was broken off: it is done now
			return nil, err
		}
	}
	loaded, err := loadPack(pack)
	if err != nil {
		return nil, err
	}
	return p.found(ctx, env, loaded, people(loaded)...)
}

// localOfficer is the person who makes a record at the command line. Commands find them by their office.
func localOfficer(env Env) mechanism.Person {
	name := env.Getenv("USER")
	if name == "" {
		name = "officer"
	}
	_, first := utf8.DecodeRuneInString(name)
	return mechanism.Person{ID: identity.NewPersonID(), Name: strings.ToUpper(name[:first]) + name[first:], Office: mechanism.Officer}
}

// inOffice gives everybody who holds an office. Whoever has the record in hand may read all of it.
func inOffice(sec *secretariat.Secretariat) []mechanism.Person {
	people := sec.Sight(mechanism.Actor{Office: mechanism.Officer}).People()
	return slices.DeleteFunc(people, func(p mechanism.Person) bool { return p.Relieved })
}

// holder finds who holds an office: by the person's id, or by the name of an office that only one person holds.
func holder(sec *secretariat.Secretariat, called string) (found mechanism.Person, err error) {
	if p, ok := sec.Mandate(called); ok {
		return p, nil
	}
	var ids, names []string
	for _, p := range inOffice(sec) {
		names = append(names, p.ID+" ("+p.Name+")")
		if p.Office == called {
			ids, found = append(ids, p.ID), p
		}
	}
	switch len(ids) {
	case 0:
		return mechanism.Person{}, fault.New(fault.NotFound, "%q holds no office here; these do: %s", called, strings.Join(names, ", "))
	case 1:
		return found, nil
	}
	return mechanism.Person{}, fault.New(fault.Invalid, "%d people hold the office %q: name one of %s", len(ids), called, strings.Join(ids, ", "))
}

// officer finds the person to act as: the one named, or the only officer there is.
func officer(sec *secretariat.Secretariat, id string) (by mechanism.Actor, err error) {
	if id != "" {
		p, err := holder(sec, id)
		return p.Actor(), err
	}
	var officers []string
	for _, p := range inOffice(sec) {
		if p.Office == mechanism.Officer {
			officers = append(officers, p.ID)
			by = p.Actor()
		}
	}
	if len(officers) != 1 {
		return mechanism.Actor{}, fault.New(fault.Invalid, "say who receives the text: --as %s", strings.Join(officers, " or --as "))
	}
	return by, nil
}

func sayReceived(env Env, got secretariat.Received, at *place) {
	out := env.Stdout
	fmt.Fprintf(out, "Received %s as %s: %s, %s.\n", got.Document.Name, got.Code, languageName(got.Document.Language), structure(got.Document))
	if line := repairs(got.Document); line != "" {
		fmt.Fprintf(out, "Repaired %s.\n", line)
	}
	if got.Proposals > 0 {
		fmt.Fprintf(out, "%s wait for review; %s were read and not taken for promises.\n", count(got.Proposals, "proposed commitment"), count(got.Passed, "passage"))
	} else {
		fmt.Fprintln(out, "No commitments were proposed: the text has been read in another language, or holds none.")
	}
	fmt.Fprintf(out, "Next: concord serve --data %s\n", at.data)
}

var exportCommand = command{
	name: "export", args: "--data FOLDER [--accounts] [FILE]",
	short: "write everything as lines of JSON",
	long: `
Writes the whole record, one act a line, to a file or the standard output. concord restore makes the same record from
it, act for act and hash for hash. The first line says what it is; the last line holds the number of acts and the root
hash, so that a cut file is noticed.

--accounts adds the sign-in accounts with their password hashes: for a backup, never for publication.

  concord export --data ./my-mechanism backup.jsonl`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		accounts := set.Bool("accounts", false, "with the sign-in accounts")
		return func(ctx context.Context, env Env, args []string) error {
			if err := at.settle(env); err != nil {
				return err
			}
			if len(args) > 1 {
				return usage("one file at a time; %q is too much", args[1])
			}
			if len(args) == 0 || args[0] == "-" {
				return at.export(ctx, env, env.Stdout, *accounts)
			}
			return toFile(args[0], func(f *os.File) error { return at.export(ctx, env, f, *accounts) })
		}
	},
}

// toFile writes a new file whole or not at all.
func toFile(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".concord-*")
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "%s cannot be written", name)
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return fault.Wrap(os.Rename(f.Name(), name), fault.Unavailable, "%s cannot be written", name)
}
