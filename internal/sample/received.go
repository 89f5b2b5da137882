package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"concord/mechanism"
	"concord/statement"
)

// received wraps a reading, one clause a line, as the act that receives it.
func received(code, reading string, items []mechanism.ProposedCommitment) *mechanism.ReceiveText {
	sum := sha256.Sum256([]byte(reading))
	d := &statement.Document{
		Name: "sample.txt", Format: "txt", Encoding: "utf-8", Digest: hex.EncodeToString(sum[:]), Content: hex.EncodeToString(sum[:]),
		Language: "en", Original: reading, Reading: reading, Numbered: true,
	}
	start := 0
	for i, item := range items {
		id := fmt.Sprint(i + 1)
		end := item.End + len(".")
		d.Paragraphs = append(d.Paragraphs, statement.Paragraph{Start: start, End: end, Text: item.Start, Type: statement.Operative, Role: statement.Body, Clause: id})
		d.Clauses = append(d.Clauses, statement.Clause{ID: id, Number: id + ".", Start: start, End: end})
		start = end + 1
	}
	return &mechanism.ReceiveText{Text: code, File: []byte(reading), Document: d}
}
