package record_test

// A second verifier, written from docs/record-format.md and sharing nothing with package record or with tlog: it reads the
// SQLite file with plain queries and knows SHA-256, Ed25519 and base64. When the two disagree, one of them or the document
// is wrong.

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"concord/record"
	"concord/record/recordtest"
)

type secondVerifier struct {
	db     *sql.DB
	meta   map[string]string
	size   int64
	root   []byte
	leaves [][]byte
}

func (v *secondVerifier) run() error {
	for _, step := range []func() error{v.readMeta, v.readActs, v.checkTiles, v.checkNotes} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (v *secondVerifier) readMeta() error {
	rows, err := v.db.Query(`SELECT name, value FROM record_meta`)
	if err != nil {
		return err
	}
	defer rows.Close()
	v.meta = map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return err
		}
		v.meta[name] = value
	}
	if v.meta["format"] != "1" || len(v.meta) != 3 {
		return fmt.Errorf("meta is %v", v.meta)
	}
	return errors.Join(rows.Err(), v.db.QueryRow(`SELECT size, root FROM record_head WHERE id = 1`).Scan(&v.size, &v.root))
}

// headerForm is the canonical form of a header whose strings need no escapes but those of JSON.
var headerForm = regexp.MustCompile(`^\{"actor":\{"office":"(?:[^"\\]|\\.)*","party":"(?:[^"\\]|\\.)*","person":"(?:[^"\\]|\\.)*"\},` +
	`"body":"([0-9a-f]{64})","kind":"(?:[^"\\]|\\.)+","seq":(0|[1-9][0-9]*),"signatures":\[.*\],` +
	`"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","visibility":"(?:[^"\\]|\\.)+"\}$`)

func (v *secondVerifier) readActs() error {
	rows, err := v.db.Query(`SELECT seq, leaf, header, body FROM record_act ORDER BY seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var leaf, header, body []byte
		if err := rows.Scan(&seq, &leaf, &header, &body); err != nil {
			return err
		}
		parts := headerForm.FindSubmatch(header)
		sum := sha256.Sum256(body)
		own := sha256.Sum256(append([]byte{0}, header...))
		switch {
		case seq != int64(len(v.leaves)):
			return fmt.Errorf("act %d stands in the place of %d", seq, len(v.leaves))
		case parts == nil || !json.Valid(header):
			return fmt.Errorf("the header of %d is %s", seq, header)
		case string(parts[2]) != strconv.FormatInt(seq, 10):
			return fmt.Errorf("the header of %d says %s", seq, parts[2])
		case string(parts[1]) != hex.EncodeToString(sum[:]):
			return fmt.Errorf("the body of %d has another hash", seq)
		case !bytes.Equal(leaf, own[:]):
			return fmt.Errorf("the leaf of %d is another", seq)
		}
		v.leaves = append(v.leaves, leaf)
	}
	if int64(len(v.leaves)) != v.size || !bytes.Equal(mth(v.leaves), v.root) {
		return fmt.Errorf("the head says %d acts and %x", v.size, v.root)
	}
	return rows.Err()
}

// mth is the Merkle tree hash of section 3, over leaf hashes.
func mth(leaves [][]byte) []byte {
	switch len(leaves) {
	case 0:
		empty := sha256.Sum256(nil)
		return empty[:]
	case 1:
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	node := sha256.Sum256(bytes.Join([][]byte{{1}, mth(leaves[:k]), mth(leaves[k:])}, nil))
	return node[:]
}

func (v *secondVerifier) checkTiles() error {
	want := map[string]string{}
	for l, span := 1, 256; len(v.leaves) >= span; l, span = l+1, span*256 {
		for i := 0; i < len(v.leaves)/span; i++ {
			want[fmt.Sprint(l, "/", i/256)] += string(mth(v.leaves[i*span : (i+1)*span]))
		}
	}
	rows, err := v.db.Query(`SELECT level, n, hashes FROM record_tile`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var level, n int64
		var hashes []byte
		if err := rows.Scan(&level, &n, &hashes); err != nil {
			return err
		}
		key := fmt.Sprint(level, "/", n)
		if want[key] != string(hashes) {
			return fmt.Errorf("the tile %s is another", key)
		}
		delete(want, key)
	}
	if len(want) > 0 {
		return fmt.Errorf("%d tiles are missing", len(want))
	}
	return rows.Err()
}

func (v *secondVerifier) checkNotes() error {
	key := strings.SplitN(v.meta["key"], "+", 3)
	material, err := base64.StdEncoding.DecodeString(key[2])
	if err != nil || key[0] != v.meta["origin"] || material[0] != 1 {
		return fmt.Errorf("the key is %q, %v", key, err)
	}
	id := sha256.Sum256([]byte(key[0] + "\n" + string(material)))
	if key[1] != hex.EncodeToString(id[:4]) {
		return fmt.Errorf("the key hash is %s", key[1])
	}
	rows, err := v.db.Query(`SELECT size, note FROM record_checkpoint`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var size int64
		var note string
		if err := rows.Scan(&size, &note); err != nil {
			return err
		}
		if err := v.checkNote(size, note, id[:4], material[1:]); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (v *secondVerifier) checkNote(size int64, note string, id []byte, key ed25519.PublicKey) error {
	text, signatures, _ := strings.Cut(note, "\n\n")
	text += "\n"
	want := fmt.Sprintf("%s\n%d\n%s\n", v.meta["origin"], size, base64.StdEncoding.EncodeToString(mth(v.leaves[:size])))
	signed, ok := strings.CutPrefix(strings.TrimSuffix(signatures, "\n"), "— "+v.meta["origin"]+" ")
	raw, err := base64.StdEncoding.DecodeString(signed)
	if text != want || !ok || err != nil || !bytes.HasPrefix(raw, id) || !ed25519.Verify(key, []byte(text), raw[4:]) {
		return fmt.Errorf("the checkpoint at %d does not hold: %q", size, note)
	}
	return nil
}

func TestASecondVerifierAgrees(t *testing.T) {
	cfg := sqliteConfig(t)
	r := recordtest.Create(t, cfg)
	recordtest.Fill(t, r, 1)
	signature := recordtest.Drafts(1, 1)
	signature[0].Signatures = []record.Signature{{Key: "k", Value: "v"}}
	if _, err := r.Append(context.Background(), 1, signature); err != nil {
		t.Fatal(err)
	}
	recordtest.Fill(t, r, 1500)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	verify := func() error {
		db, err := sql.Open("sqlite", cfg.DSN)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return (&secondVerifier{db: db}).run()
	}
	if err := verify(); err != nil {
		t.Errorf("the second verifier finds: %v", err)
	}
	for _, statement := range []string{
		`UPDATE record_tile SET hashes = zeroblob(length(hashes)) WHERE level = 1`,
		`UPDATE record_act SET body = CAST('{}' AS BLOB) WHERE seq = 700`,
	} {
		damageFile(t, cfg.DSN, statement)
		if err := verify(); err == nil {
			t.Errorf("the second verifier does not find: %s", statement)
		}
	}
}
