package record

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// Checkpoint signs the head as a C2SP tlog-checkpoint, keeps it beside the key and in the record, and gives it. When the head
// has not moved since the last one, it gives that one. Unavailable: the key is not here, the head cannot be kept, or the
// record no longer contains what was signed before. Callers decide how often: the record itself signs when it is created
// and when it is closed.
func (r *Record) Checkpoint(ctx context.Context) ([]byte, error) {
	r.signing.Lock()
	defer r.signing.Unlock()
	if r.signer == nil || r.frozen {
		return nil, noSigner()
	}
	before, err := r.keptHead()
	if err != nil {
		return nil, err
	}
	if _, lost := r.Lost(ctx); lost != nil {
		return nil, lost
	}
	return r.sign(ctx, before)
}

// LastCheckpoint gives the newest checkpoint that was signed.
func (r *Record) LastCheckpoint(ctx context.Context) ([]byte, error) {
	return r.scanCheckpoint(r.store.db.QueryRowContext(ctx, `SELECT note FROM record_checkpoint ORDER BY size DESC LIMIT 1`))
}

// CheckpointAt gives the checkpoint that was signed when the record had that size; NotFound when none was.
func (r *Record) CheckpointAt(ctx context.Context, size int64) ([]byte, error) {
	return r.scanCheckpoint(r.store.db.QueryRowContext(ctx, r.store.sql(`SELECT note FROM record_checkpoint WHERE size = ?`), size))
}

func (r *Record) scanCheckpoint(row *sql.Row) ([]byte, error) {
	var signed []byte
	err := row.Scan(&signed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "there is no such checkpoint")
	}
	return signed, r.store.wrap(err, "read a checkpoint")
}

// checkpointText is the signed part of a checkpoint: origin, size, root in base64, one a line.
func checkpointText(origin string, head Head) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, head.Size, base64.StdEncoding.EncodeToString(head.Root[:]))
}

// OpenCheckpoint verifies a checkpoint with the record's public key (C2SP notation) and gives the head that it signs. The
// key's name must be the origin. Extension lines, which Concord does not write, are let pass, as C2SP asks.
func OpenCheckpoint(signed []byte, vkey string) (Head, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return Head{}, fault.Wrap(err, fault.Invalid, "the public key is not readable")
	}
	return openCheckpoint(signed, verifier)
}

func openCheckpoint(signed []byte, verifier note.Verifier) (Head, error) {
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Head{}, fault.Wrap(err, fault.Invalid, "the signature of the checkpoint does not hold")
	}
	return parseCheckpoint(n.Text, verifier.Name())
}

func parseCheckpoint(text, origin string) (Head, error) {
	lines := strings.SplitAfterN(text, "\n", 4)
	if len(lines) < 4 || lines[0] != origin+"\n" {
		return Head{}, fault.New(fault.Invalid, "the checkpoint is not one of %q", origin)
	}
	size, err := strconv.ParseInt(strings.TrimSuffix(lines[1], "\n"), 10, 64)
	if err != nil || size < 0 {
		return Head{}, fault.New(fault.Invalid, "the checkpoint has no readable size")
	}
	root, err := tlog.ParseHash(strings.TrimSuffix(lines[2], "\n"))
	if err != nil {
		return Head{}, fault.New(fault.Invalid, "the checkpoint has no readable root")
	}
	head := Head{Size: size, Root: root}
	if !strings.HasPrefix(text, checkpointText(origin, head)) {
		return Head{}, fault.New(fault.Invalid, "the checkpoint is not in its one form")
	}
	return head, nil
}

// keyFile is where the private key is.
func (cfg Config) keyFile() string {
	if cfg.KeyFile == "" && !isPostgres(cfg.DSN) {
		return cfg.DSN + ".key"
	}
	return cfg.KeyFile
}

// createKey makes the key file, or takes the one that is there if it has the record's name.
func createKey(cfg Config) (note.Signer, string, error) {
	path := cfg.keyFile()
	if path == "" {
		return nil, "", fault.New(fault.Invalid, "say where the private key of the record is to be kept")
	}
	signer, vkey, err := readKey(path)
	if fault.KindOf(err) == fault.NotFound {
		if err = writeKey(path, cfg.Origin); err == nil {
			signer, vkey, err = readKey(path)
		}
	}
	if err != nil {
		return nil, "", err
	}
	if signer.Name() != cfg.Origin {
		return nil, "", fault.New(fault.Conflict, "the key in %s is of %q, not of %q", path, signer.Name(), cfg.Origin)
	}
	return signer, vkey, nil
}

// openKey reads the private key that belongs to the public one; nil when it is not here.
func openKey(cfg Config, vkey string) (note.Signer, error) {
	path := cfg.keyFile()
	if path == "" {
		return nil, nil
	}
	signer, mine, err := readKey(path)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if mine != vkey {
		return nil, fault.New(fault.Unavailable, "the key in %s is not the key of this record", path)
	}
	return signer, nil
}

func writeKey(path, origin string) error {
	skey, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "%q cannot name a record", origin)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "the key file %s cannot be made", path)
	}
	_, err = f.WriteString(skey + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return errors.Join(fault.Wrap(err, fault.Unavailable, "the key file %s cannot be written", path), os.Remove(path))
	}
	return syncFolder(filepath.Dir(path))
}

func readKey(path string) (note.Signer, string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", fault.New(fault.NotFound, "there is no key at %s", path)
	}
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Unavailable, "the key file %s cannot be read", path)
	}
	skey := string(bytes.TrimSpace(text))
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, "", fault.Wrap(err, fault.Unavailable, "the key file %s does not hold a key", path)
	}
	vkey, err := publicKey(skey)
	return signer, vkey, fault.Wrap(err, fault.Unavailable, "the key file %s does not hold a key", path)
}

// publicKey gives the verifier key of a signer key, PRIVATE+KEY+name+hash+base64(algorithm, seed).
func publicKey(skey string) (string, error) {
	parts := strings.SplitN(skey, "+", 5)
	if len(parts) != 5 {
		return "", errors.New("malformed signer key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(key) != 1+ed25519.SeedSize {
		return "", errors.New("malformed signer key")
	}
	public := ed25519.NewKeyFromSeed(key[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(parts[2], public)
}
