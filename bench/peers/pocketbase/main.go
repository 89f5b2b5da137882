// The program is PocketBase as an IT officer would set it up for a ledger of commitments: two collections and one
// account, filled from a file of rows, served on a free port of this machine. It is a module of its own, so that
// PocketBase is built with the very modules that its authors released it with.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	dir := flag.String("dir", "", "a new folder for the data")
	rows := flag.String("rows", "", "a JSON file: the list of rows, each with the id that it shall have")
	full := flag.Bool("full", false, "synchronous=FULL: every commit reaches the disk before it is answered")
	flag.Parse()
	log.SetFlags(0)
	if err := run(*dir, *rows, *full); err != nil {
		log.Fatalf("pocketbase: %v", err)
	}
}

func run(dir, rows string, full bool) error {
	cfg := pocketbase.Config{DefaultDataDir: dir, HideStartBanner: true}
	if full {
		cfg.DBConnect = connectFull
	}
	app := pocketbase.NewWithConfig(cfg)
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	app.Settings().Logs.MaxDays = 0 // no log line a request: Concord writes none either
	if err := app.Save(app.Settings()); err != nil {
		return err
	}
	if err := fill(app, rows); err != nil {
		return err
	}
	token, err := account(app)
	if err != nil {
		return err
	}
	return serve(app, token)
}

// connectFull opens a database with PocketBase's own settings but for synchronous, which it sets to NORMAL: in WAL mode
// that syncs at checkpoints only, so that a power failure may take back what was answered.
func connectFull(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// row is a commitment as Concord lists it.
type row struct {
	ID         string          `json:"id"`
	Ref        string          `json:"ref"`
	Text       string          `json:"text"`
	Clause     string          `json:"clause"`
	State      string          `json:"state"`
	Says       string          `json:"says"`
	Language   string          `json:"language"`
	Strength   int             `json:"strength"`
	Actor      string          `json:"actor"`
	Who        string          `json:"who"`
	Parties    json.RawMessage `json:"parties"`
	Deadline   json.RawMessage `json:"deadline"`
	Due        string          `json:"due"`
	Tracks     json.RawMessage `json:"tracks"`
	Instrument string          `json:"instrument"`
	Missing    json.RawMessage `json:"missing"`
}

// fill makes the collections and enters the rows in one transaction.
func fill(app core.App, file string) error {
	bytes, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var rows []row
	if err := json.Unmarshal(bytes, &rows); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	commitments := commitmentsCollection()
	for _, c := range []*core.Collection{commitments, notesCollection("notes", `@request.auth.id != ""`), notesCollection("opennotes", "")} {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return app.RunInTransaction(func(tx core.App) error {
		for _, r := range rows {
			if err := tx.Save(r.record(commitments)); err != nil {
				return fmt.Errorf("%s: %w", r.Ref, err)
			}
		}
		return nil
	})
}

// commitmentsCollection is read by anyone, as the public pages of Concord are. Both fields that lists are filtered by
// have an index, alone and together.
func commitmentsCollection() *core.Collection {
	c := core.NewBaseCollection("commitments")
	c.ListRule, c.ViewRule = types.Pointer(""), types.Pointer("")
	for _, name := range []string{"ref", "text", "clause", "state", "says", "language", "actor", "who", "due", "instrument"} {
		c.Fields.Add(&core.TextField{Name: name})
	}
	c.Fields.Add(&core.NumberField{Name: "strength", OnlyInt: true})
	for _, name := range []string{"parties", "deadline", "tracks", "missing"} {
		c.Fields.Add(&core.JSONField{Name: name})
	}
	c.AddIndex("commitments_ref", true, "ref", "")
	c.AddIndex("commitments_text", false, "text", "")
	c.AddIndex("commitments_strength", false, "strength", "")
	c.AddIndex("commitments_text_strength", false, "text, strength", "")
	return c
}

// notesCollection takes what is written on commitments, from whom the rule lets.
func notesCollection(name, rule string) *core.Collection {
	c := core.NewBaseCollection(name)
	c.CreateRule = types.Pointer(rule)
	c.Fields.Add(&core.TextField{Name: "commitment"}, &core.TextField{Name: "words"}, &core.AutodateField{Name: "created", OnCreate: true})
	return c
}

func (r row) record(in *core.Collection) *core.Record {
	rec := core.NewRecord(in)
	rec.Set("id", r.ID)
	for name, value := range map[string]any{
		"ref": r.Ref, "text": r.Text, "clause": r.Clause, "state": r.State, "says": r.Says, "language": r.Language, "strength": r.Strength,
		"actor": r.Actor, "who": r.Who, "due": r.Due, "instrument": r.Instrument,
		"parties": types.JSONRaw(r.Parties), "deadline": types.JSONRaw(r.Deadline), "tracks": types.JSONRaw(r.Tracks), "missing": types.JSONRaw(r.Missing),
	} {
		rec.Set(name, value)
	}
	return rec
}

// account makes the one who writes, and gives a token of theirs.
func account(app core.App) (token string, err error) {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return "", err
	}
	officer := core.NewRecord(users)
	officer.SetEmail("officer@example.org")
	officer.SetRandomPassword()
	officer.SetVerified(true)
	if err := app.Save(officer); err != nil {
		return "", err
	}
	return officer.NewAuthToken()
}

// serve prints a line with what it is, its SQLite settings, its address and the token, and serves until it is stopped.
func serve(app core.App, token string) error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var journal, synchronous string
	if err := app.NonconcurrentDB().NewQuery("PRAGMA journal_mode").Row(&journal); err != nil {
		return err
	}
	if err := app.NonconcurrentDB().NewQuery("PRAGMA synchronous").Row(&synchronous); err != nil {
		return err
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Listener, e.InstallerFunc = ln, nil
		err := e.Next()
		fmt.Printf("served on http://%s token %s journal_mode %s synchronous %s\n", ln.Addr(), token, journal, synchronous)
		return err
	})
	return apis.Serve(app, apis.ServeConfig{HttpAddr: ln.Addr().String()})
}
