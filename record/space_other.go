//go:build !unix

package record

// diskFull is not known on this system; SQLite's own word stands.
func diskFull(string) bool { return false }
