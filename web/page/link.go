package page

import (
	"fmt"
	"net/url"
	"strings"
)

// Link is an address of this site, for a page's links and forms. Each %s in it is filled with the next value, escaped for
// where it stands. A reader of the past stays in that day: the address carries it on, unless it names a day itself.
//
//	f.Link("/commitments?track=%s", "trade")   // in a view of the past: /commitments?track=trade&asof=2025-06-17
func (f *Frame) Link(address string, values ...any) string {
	if len(values) > 0 {
		address = fill(address, values)
	}
	if f.AsOf == "" {
		return address
	}
	return withDay(address, f.AsOf)
}

// fill puts values into the places of an address.
func fill(address string, values []any) string {
	var b strings.Builder
	escape := url.PathEscape
	for i, part := range strings.Split(address, "%s") {
		if i > 0 {
			b.WriteString(escape(fmt.Sprint(values[i-1])))
		}
		if strings.ContainsAny(part, "?#") {
			escape = escapeQuestion
		}
		b.WriteString(part)
	}
	return b.String()
}

// escapeQuestion escapes a value behind a question mark or a number sign.
func escapeQuestion(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}

// withDay adds a day to the questions of an address.
func withDay(address, day string) string {
	path, anchor, anchored := strings.Cut(address, "#")
	if strings.Contains(path, "asof=") {
		return address
	}
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	path += mark + "asof=" + day
	if anchored {
		path += "#" + anchor
	}
	return path
}
