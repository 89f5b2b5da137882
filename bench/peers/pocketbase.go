package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/valyala/fasthttp"
)

// pocketBase is a PocketBase that serves the rows.
type pocketBase struct {
	*process
	token  string // of the account that writes
	pragma string // what its SQLite says of journal and durability
}

func startPocketBase(ctx context.Context, binary, folder, rows string, flags ...string) (*pocketBase, error) {
	fmt.Printf("filling PocketBase %s\n", strings.Join(flags, " "))
	p, err := start(ctx, binary, append([]string{"-dir", folder, "-rows", rows}, flags...)...)
	if err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(p.line, " token ")
	token, pragma, _ := strings.Cut(rest, " ")
	return &pocketBase{p, token, pragma}, nil
}

// contender asks this PocketBase.
func (p *pocketBase) contender(name string, ask func(q *fasthttp.Request, n int)) *contender {
	return &contender{name: name, process: p.process, ask: ask}
}

// writeRows writes the rows with the ids that PocketBase shall give them.
func writeRows(dir string, rows []row) (file string, err error) {
	type withID struct {
		ID string `json:"id"`
		row
	}
	list := make([]withID, len(rows))
	for i, r := range rows {
		list[i] = withID{peerID(r.Ref), r}
	}
	bytes, err := json.Marshal(list)
	if err != nil {
		return "", err
	}
	file = filepath.Join(dir, "rows.json")
	return file, os.WriteFile(file, bytes, 0o600)
}

// peerID makes a reference an id of PocketBase's form, fifteen small letters and digits: BIG25-17 is big250000000017.
func peerID(ref string) string {
	text, number, _ := strings.Cut(strings.ToLower(ref), "-")
	return text + strings.Repeat("0", 15-len(text)-len(number)) + number
}
