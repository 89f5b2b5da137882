package record

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// A database cannot tell that it is an older copy of itself: with its last acts cut off it is sound, and would sign another
// history than it has signed. So the newest signed head is kept outside of it, beside the private key, as the signed note
// that it is. It is durable before the signature leaves this package. Opening the record, and each signing, checks that the
// tree still contains it. The newest checkpoint in the database must be contained too: another node may have signed it.
//
// Nodes on one PostgreSQL record keep a head each, and take over what the others sign whenever they sign themselves.

// signedHead is a head with the checkpoint that signs it.
type signedHead struct {
	Head
	note []byte
}

// headFile is where the newest signed head is kept; empty when there is no place for a key either.
func (cfg Config) headFile() string {
	if path := cfg.keyFile(); cfg.HeadFile == "" && path != "" {
		return path + ".head"
	}
	return cfg.HeadFile
}

// Files are the paths that a record on this machine takes: of the SQLite file with what lies beside it while it is open, of
// its key and of its signed head.
func (cfg Config) Files() []string {
	var files []string
	if !isPostgres(cfg.DSN) {
		files = []string{cfg.DSN, cfg.DSN + "-wal", cfg.DSN + "-shm"}
	}
	return append(files, cfg.keyFile(), cfg.headFile())
}

// keptHead reads the head that is kept beside the key; nil when none is.
func (r *Record) keptHead() (*signedHead, error) {
	if r.headFile == "" {
		return nil, nil
	}
	text, err := os.ReadFile(r.headFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the signed head in %s cannot be read", r.headFile)
	}
	head, err := OpenCheckpoint(text, r.vkey)
	return &signedHead{head, text}, fault.Wrap(err, fault.Unavailable, "the signed head in %s is not one of this record", r.headFile)
}

// storedHead reads the newest checkpoint in the database; nil when there is none.
func (r *Record) storedHead(ctx context.Context) (*signedHead, error) {
	signed, err := r.LastCheckpoint(ctx)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	head, err := OpenCheckpoint(signed, r.vkey)
	if err != nil {
		return nil, damaged("its newest checkpoint was changed: %v", err)
	}
	return &signedHead{head, signed}, nil
}

// Lost tells what was signed for and is not in the record, with the sentence that says so. Both are nil when all is there;
// signed alone is nil when what was signed cannot be read.
func (r *Record) Lost(ctx context.Context) (signed []byte, lost error) {
	kept, err := r.keptHead() // before anything else: what is signed meanwhile is in the record already
	if err != nil {
		return nil, err
	}
	stored, err := r.storedHead(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range []*signedHead{kept, stored} {
		if h == nil {
			continue
		}
		if err := r.Contains(ctx, h.Head); err != nil {
			return h.note, err
		}
	}
	return nil, nil
}

// Contains says whether the record begins with the acts of a head, which is what a consistency proof would show: the root at
// that size is made of hashes that lead to the present head. Unavailable when it does not.
func (r *Record) Contains(ctx context.Context, old Head) error {
	hashes, head, err := r.hashes(ctx)
	if err != nil {
		return err
	}
	if old.Size > head.Size {
		return fault.New(fault.Unavailable, "%d acts were signed for, and the record has %d: it is an older copy, or its last acts are lost (does the file ending in -wal lie beside it?)", old.Size, head.Size)
	}
	root, err := tlog.TreeHash(old.Size, hashes)
	if err != nil {
		return r.proofError(err)
	}
	if root != old.Root {
		return fault.New(fault.Unavailable, "the first %d acts are not those that were signed for: it is another history", old.Size)
	}
	return nil
}

// Compare holds a checkpoint that somebody has kept, a signed note, against the record, and gives the head that it signs.
// Invalid: it was not signed by the key of this record. Unavailable: the record does not contain its acts.
func (r *Record) Compare(ctx context.Context, signed []byte) (Head, error) {
	head, err := OpenCheckpoint(signed, r.vkey)
	if err != nil {
		return Head{}, err
	}
	return head, r.Contains(ctx, head)
}

// AcceptRollback signs the record as it stands, although acts are lost that were signed for, and forgets the checkpoints that
// it no longer contains. Whoever asks for it has first recorded, as an act, what was lost and why.
func (r *Record) AcceptRollback(ctx context.Context) error {
	r.signing.Lock()
	defer r.signing.Unlock()
	if r.signer == nil || r.frozen {
		return noSigner()
	}
	for {
		stored, err := r.storedHead(ctx)
		if err != nil {
			return err
		}
		if stored == nil || r.Contains(ctx, stored.Head) == nil {
			break
		}
		forget := r.store.sql(`DELETE FROM record_checkpoint WHERE size = ?`)
		if _, err := r.store.db.ExecContext(ctx, forget, stored.Size); err != nil {
			return r.store.wrap(err, "forget a checkpoint")
		}
	}
	_, err := r.sign(ctx, nil)
	return err
}

// keep puts a signed head beside the key, unless a newer one is there: whole and durable, or not at all.
func (r *Record) keep(signed signedHead, before *signedHead) error {
	if r.headFile == "" || before != nil && before.Size >= signed.Size {
		return nil
	}
	folder := filepath.Dir(r.headFile)
	f, err := os.CreateTemp(folder, filepath.Base(r.headFile)+".*")
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "the signed head cannot be kept in %s", r.headFile)
	}
	_, err = f.Write(signed.note)
	err = errors.Join(err, f.Sync(), f.Close())
	if err = cmp.Or(err, os.Rename(f.Name(), r.headFile)); err != nil {
		return errors.Join(fault.Wrap(err, fault.Unavailable, "the signed head cannot be kept in %s", r.headFile), os.Remove(f.Name()))
	}
	return syncFolder(folder)
}

// newKey refuses to begin a record with a key that has signed acts already.
func newKey(cfg Config, vkey string) error {
	kept, err := (&Record{headFile: cfg.headFile(), vkey: vkey}).keptHead()
	if err != nil || kept == nil || kept.Size == 0 {
		return err
	}
	return fault.New(fault.Conflict, "the key in %s has signed for %d acts: restore that record, or begin a new one in a new folder", cfg.keyFile(), kept.Size)
}

func noSigner() error {
	return fault.New(fault.Unavailable, "the private key of the record is not here, so no checkpoint can be signed")
}

// sign signs the head as it stands, puts it beside the key in place of what was kept before, then into the record. The caller
// holds signing, and has made sure that what was kept is contained.
func (r *Record) sign(ctx context.Context, before *signedHead) ([]byte, error) {
	head, err := r.store.head(ctx, r.store.db)
	if err != nil {
		return nil, err
	}
	signed, err := r.CheckpointAt(ctx, head.Size)
	if err == nil {
		old, err := OpenCheckpoint(signed, r.vkey)
		if err != nil || old != head {
			return nil, damaged("its checkpoint at %d acts was signed for other acts", head.Size)
		}
		return signed, r.keep(signedHead{head, signed}, before)
	}
	if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	signed, err = note.Sign(&note.Note{Text: checkpointText(r.origin, head)}, r.signer)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "cannot sign a checkpoint")
	}
	if err := r.keep(signedHead{head, signed}, before); err != nil {
		return nil, err
	}
	put := r.store.sql(`INSERT INTO record_checkpoint (size, note) VALUES (?, ?) ON CONFLICT (size) DO NOTHING`)
	if _, err := r.store.db.ExecContext(ctx, put, head.Size, signed); err != nil {
		return nil, r.store.wrap(err, "keep a checkpoint")
	}
	return signed, nil
}

// refuseLost is the refusal to open a record without acts that were signed for, with what can be done.
func refuseLost(lost error) error {
	return fault.Wrap(lost, fault.Unavailable, "the record does not hold what was signed with its key: put its newest copy back; if that is gone for good, concord serve with --accept-rollback and the reason goes on without it and says so in the record")
}
