package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"concord/internal/fault"
)

const (
	walHeader      = 32 // bytes before the first frame of a write-ahead log
	walFrameHeader = 24
)

// checkWAL looks at the write-ahead log that a killed program has left beside the record. SQLite takes from it the
// transactions before the first frame whose checksum fails, and forgets the others without a word. That is right for a
// transaction that power loss cut off, which nobody has been told of, and wrong for a log in which a byte was flipped:
// acknowledged acts would be lost. The two differ in what follows the bad frame: after power loss at most the rest of the
// one unfinished transaction; after a flip also the transactions that came later. So a bad frame with a finished
// transaction and more after it is damage, and opening the record is refused, because opening would make the loss final.
func checkWAL(path string) error {
	for {
		before, after, bad, err := scanWAL(path + "-wal")
		if err != nil {
			return fault.Wrap(err, fault.Unavailable, "the write-ahead log of %s cannot be read", path)
		}
		if !bytes.Equal(before, after) {
			continue // another program has begun a new log meanwhile
		}
		if bad < 0 {
			return nil
		}
		return fault.New(fault.Unavailable, "the record is damaged: its write-ahead log %s-wal is broken at byte %d, and acts after it would be lost; put back a copy of the log, or move the log away to go on without its acts", path, bad)
	}
}

// scanWAL gives the header of the log before and after reading it, and the place of the damage or -1.
func scanWAL(path string) (before, after []byte, bad int64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, -1, nil
	}
	if err != nil {
		return nil, nil, -1, err
	}
	defer f.Close()
	before, after = make([]byte, walHeader), make([]byte, walHeader)
	if _, err := io.ReadFull(f, before); err != nil || bytes.Equal(before, after) {
		return nil, nil, -1, nil // too short to hold anything, or never written
	}
	bad, err = scanFrames(f, before)
	if err != nil {
		return nil, nil, -1, err
	}
	_, err = f.ReadAt(after, 0)
	return before, after, bad, err
}

// scanFrames goes through the frames of the log and gives the place where it is damaged, or -1.
func scanFrames(r io.Reader, header []byte) (int64, error) {
	sum, ok := walSumOf(header)
	page := int64(binary.BigEndian.Uint32(header[8:]))
	if !ok || page != pageSize {
		return 0, nil
	}
	broken, finished := int64(-1), false
	frame := make([]byte, walFrameHeader+page)
	for at := int64(walHeader); ; at += int64(len(frame)) {
		switch _, err := io.ReadFull(r, frame); {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return -1, nil
		case err != nil:
			return -1, err
		}
		ours := bytes.Equal(frame[8:16], header[16:24]) // the salt of this log, not of one that lay here before
		switch {
		case broken >= 0 && finished && ours:
			return broken, nil
		case broken >= 0:
			finished = finished || ours && binary.BigEndian.Uint32(frame[4:]) != 0
		case !ours || !sum.frame(frame):
			broken = at
			finished = ours && binary.BigEndian.Uint32(frame[4:]) != 0
		}
	}
}

// walSum is the running checksum of a write-ahead log (SQLite's file format, section 4.2).
type walSum struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

// walSumOf checks the header of the log and gives the sum after it.
func walSumOf(header []byte) (*walSum, bool) {
	sum := &walSum{order: binary.LittleEndian}
	switch binary.BigEndian.Uint32(header) {
	case 0x377f0682:
	case 0x377f0683:
		sum.order = binary.BigEndian
	default:
		return sum, false
	}
	sum.add(header[:24])
	return sum, sum.is(header[24:])
}

func (s *walSum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		s.s0 += s.order.Uint32(b) + s.s1
		s.s1 += s.order.Uint32(b[4:]) + s.s0
	}
}

func (s *walSum) is(b []byte) bool {
	return binary.BigEndian.Uint32(b) == s.s0 && binary.BigEndian.Uint32(b[4:]) == s.s1
}

// frame adds a frame and says whether its checksum holds.
func (s *walSum) frame(frame []byte) bool {
	s.add(frame[:8])
	s.add(frame[walFrameHeader:])
	return s.is(frame[16:])
}
