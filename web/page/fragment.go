package page

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"concord/mechanism"
)

// fragment is a region of a page that an open page may exchange: an element marked data-fragment="NAME", with a name that
// no other region of the page has. A region inside another is a fragment of its own: what changes in it is not a change of
// the outer one.
type fragment struct {
	name   string
	html   []byte   // the whole element as it stands in the page
	start  int      // where it stands there, in bytes
	own    [16]byte // of the element without the fragments in it, which leave their names in their places
	grows  bool     // a list to whose top the lines of new acts are put, data-grows
	within []*fragment
}

// shown is what was read from a rendered page, or from a part of one.
type shown struct {
	acts      int64              // that it was rendered from; of a whole page only
	objects   []mechanism.Object // whose change changes it; of a whole page only
	fragments []*fragment        // the outermost
	grows     bool               // one of them does
}

// cut reads a page: its fragments, byte for byte, and what it says of itself. A fragment that is not closed, has no name, or
// the name of another is an error.
func cut(page []byte) (*shown, error) {
	c := cutter{page: page, names: map[string]bool{}}
	for z, at := html.NewTokenizer(bytes.NewReader(page)), 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break // the end: a reader of bytes knows no other error
		}
		raw := z.Raw()
		from, to := at, at+len(raw)
		at = to
		switch kind {
		case html.StartTagToken:
			if err := c.open(z, from, to); err != nil {
				return nil, err
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			c.keep(from, to)
			c.close(string(tag), to)
		default:
			c.keep(from, to)
		}
	}
	if len(c.stack) > 0 {
		return nil, fmt.Errorf("the fragment %q is not closed", c.stack[len(c.stack)-1].name)
	}
	return &c.shown, nil
}

// cutter is a page being cut.
type cutter struct {
	shown
	page  []byte
	stack []*openFragment // from the outermost in
	names map[string]bool
}

// openFragment is a fragment whose end has not come yet.
type openFragment struct {
	fragment
	tag   string
	depth int // elements of the same tag that are open in it, itself included
	sum   hash.Hash
}

// open reads a start tag, which stands between two places of the page.
func (c *cutter) open(z *html.Tokenizer, from, to int) error {
	marked := bytes.Contains(c.page[from:to], []byte("data-")) // before the tokenizer takes the tag apart
	name, more := z.TagName()
	tag := string(name)
	attributes := map[string]string{}
	for marked && more {
		var key, value []byte
		key, value, more = z.TagAttr()
		attributes[string(key)] = string(value)
	}
	c.tell(tag, attributes)
	called, is := attributes["data-fragment"]
	if !is {
		if top := c.top(); top != nil && top.tag == tag {
			top.depth++
		}
		c.keep(from, to)
		return nil
	}
	if called == "" || c.names[called] {
		return fmt.Errorf("a fragment of the page has no name, or that of another: %q", called)
	}
	c.names[called] = true
	_, grows := attributes["data-grows"]
	if top := c.top(); top != nil {
		fmt.Fprintf(top.sum, "<%s>", called) // no tag is called so: the name of a fragment is in no other place
	}
	c.grows = c.grows || grows
	c.stack = append(c.stack, &openFragment{fragment: fragment{name: called, grows: grows, start: from}, tag: tag, depth: 1, sum: sha256.New()})
	c.keep(from, to)
	return nil
}

// tell reads what the page says of itself.
func (c *cutter) tell(tag string, attributes map[string]string) {
	switch tag {
	case "body":
		c.acts, _ = strconv.ParseInt(attributes["data-acts"], 10, 64)
	case "main":
		for name := range strings.FieldsSeq(attributes["data-objects"]) {
			c.objects = append(c.objects, mechanism.Object(name))
		}
	}
}

func (c *cutter) top() *openFragment {
	if len(c.stack) == 0 {
		return nil
	}
	return c.stack[len(c.stack)-1]
}

// keep adds a stretch of the page to the innermost fragment.
func (c *cutter) keep(from, to int) {
	if top := c.top(); top != nil {
		top.sum.Write(c.page[from:to])
	}
}

// close reads an end tag, which ends at a place of the page.
func (c *cutter) close(tag string, end int) {
	top := c.top()
	if top == nil || top.tag != tag {
		return
	}
	if top.depth--; top.depth > 0 {
		return
	}
	f := top.fragment
	f.html = c.page[f.start:end]
	copy(f.own[:], top.sum.Sum(nil))
	c.stack = c.stack[:len(c.stack)-1]
	if outer := c.top(); outer != nil {
		outer.within = append(outer.within, &f)
		return
	}
	c.fragments = append(c.fragments, &f)
}

// write writes the fragment. A fragment in it that stays where it is leaves an empty template with its name, in whose place
// a page that has it puts it back.
func (f *fragment) write(out *bytes.Buffer, stays func(in *fragment) bool) {
	at := 0
	for _, in := range f.within {
		from := in.start - f.start
		out.Write(f.html[at:from])
		if stays(in) {
			fmt.Fprintf(out, `<template data-fragment="%s"></template>`, html.EscapeString(in.name))
		} else {
			in.write(out, stays)
		}
		at = from + len(in.html)
	}
	out.Write(f.html[at:])
}

// walk goes through fragments and what is in them, from the outermost in. Where visit says no, it goes no deeper.
func walk(fragments []*fragment, visit func(f *fragment) (deeper bool)) {
	for _, f := range fragments {
		if visit(f) {
			walk(f.within, visit)
		}
	}
}
