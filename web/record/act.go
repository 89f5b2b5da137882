package record

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
	"concord/record"
	"concord/web/page"
)

// actPage is one act with its proof: the header as it was hashed, the body for whoever may read it, and the way from
// the act's hash to the signed root.
type actPage struct {
	*page.Frame
	Act        *page.Act
	Header     string // the exact bytes
	Leaf       string
	BodyHash   string
	Body       json.RawMessage
	BodyText   string // the body for reading, or its beginning
	BodyCut    bool   // BodyText is only the beginning
	BodyBytes  int
	Proof      []string // base64, from the leaf upward
	Erased     bool     // the body is there no more
	Size       int64
	Root       string
	Checkpoint string // empty: not signed yet
	Key        string
	Earlier    int64 // -1: none
	Later      int64 // -1: none
}

// bodyShown bounds how much of a body stands on the page.
const bodyShown = 16 << 10

func showAct(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	seq, ok := page.ParseSeq(r.PathValue("seq"))
	if !ok {
		return fault.New(fault.NotFound, "an act has a number, not %q", r.PathValue("seq"))
	}
	p := &actPage{Earlier: seq - 1, Later: -1}
	entry, err := prove(s, r, seq, p)
	if err != nil {
		return err
	}
	return s.Show(w, r, func(f *page.Frame) (page.Page, error) {
		m := f.State
		if seq >= m.Acts() {
			return nil, fault.New(fault.NotFound, "there is no act %d in the record", seq)
		}
		f.Volatile = true // a checkpoint may be signed at any time
		p.Frame, p.Act = f, f.ActAt(seq)
		f.About(f.T("act.title", f.Num(int(seq))))
		f.Seal = p.Act
		if seq+1 < m.Acts() {
			p.Later = seq + 1
		}
		if p.Erased = entry.Body == nil; !p.Act.Hidden && !p.Erased {
			p.setBody(entry.Body, f.JSON)
		}
		return p, nil
	})
}

// prove reads the act and shows its way to the root, signed where it can be.
func prove(s *page.Site, r *http.Request, seq int64, p *actPage) (record.Entry, error) {
	ctx, rec := r.Context(), s.Sec.Record()
	entry, err := s.Entry(r, seq)
	if err != nil {
		return entry, err
	}
	head, signed, err := signedHead(s, ctx, seq)
	if err != nil {
		return entry, err
	}
	proof, err := rec.ProveInclusion(ctx, head.Size, seq)
	if err != nil {
		return entry, err
	}
	leaf := entry.LeafHash()
	if err := tlog.CheckRecord(proof, head.Size, head.Root, seq, leaf); err != nil {
		return entry, fault.Wrap(err, fault.Unavailable, "the proof of act %d does not lead to the root: the record may be damaged", seq)
	}
	p.Header, p.Leaf, p.BodyHash = string(entry.Leaf), leaf.String(), entry.Header.Body.String()
	p.Size, p.Root, p.Checkpoint, p.Key = head.Size, head.Root.String(), string(signed), rec.PublicKey()
	p.Proof = []string{}
	for _, h := range proof {
		p.Proof = append(p.Proof, base64.StdEncoding.EncodeToString(h[:]))
	}
	return entry, nil
}

// signedHead gives the newest checkpoint that takes in the act, and signs one when there is none yet. Where the private
// key is not, as on a mirror, it gives the head without a signature.
func signedHead(s *page.Site, ctx context.Context, seq int64) (record.Head, []byte, error) {
	rec := s.Sec.Record()
	if signed, err := rec.LastCheckpoint(ctx); err == nil {
		if head, err := record.OpenCheckpoint(signed, rec.PublicKey()); err == nil && head.Size > seq {
			return head, signed, nil
		}
	}
	if signed, err := rec.Checkpoint(ctx); err == nil {
		head, err := record.OpenCheckpoint(signed, rec.PublicKey())
		return head, signed, err
	}
	head, err := rec.Head(ctx)
	return head, nil, err
}

// setBody keeps the body for a program as it is, for a person indented and not longer than can be read.
func (p *actPage) setBody(body []byte, whole bool) {
	p.BodyBytes = len(body)
	if whole {
		p.Body = body
		return
	}
	var b bytes.Buffer
	if json.Indent(&b, body, "", "  ") != nil {
		b.Write(body)
	}
	text := []rune(b.String())
	if p.BodyCut = len(text) > bodyShown; p.BodyCut {
		text = text[:bodyShown]
	}
	p.BodyText = string(text)
}

// serveTiles serves the record to independent verifiers as C2SP tlog-tiles.
func serveTiles(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	http.StripPrefix("/record/log", s.Sec.Record().Handler()).ServeHTTP(w, r)
	return nil
}
