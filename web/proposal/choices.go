package proposal

import (
	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// Choices are what a form offers to choose from.
type Choices struct {
	f     *page.Frame
	typed *Form
}

// ChoicesFor are the choices beside what a form has, so that no value of it is lost.
func ChoicesFor(f *page.Frame, typed *Form) Choices { return Choices{f, typed} }

// ActorKinds, Bases, Instruments and AllModifiers are the vocabularies of the coding manual.
func (c Choices) ActorKinds() []string { return []string{"all", "one", "subset", "organ"} }
func (c Choices) Bases() []string      { return []string{"stated", "relative", "recurring", "soft"} }

// Instruments are those that the lexicons name, and the one that the proposal has if it is another.
func (c Choices) Instruments() []string {
	named := []string{"treaty", "agreement", "memorandum", "protocol", "programme", "roadmap", "strategy", "declaration", "charter", "arrangement", "document"}
	if c.typed.Instrument == "" {
		return named
	}
	return commitment.Union(named, []string{c.typed.Instrument})
}

// AllModifiers are those of the coding manual, and others that the proposal has.
func (c Choices) AllModifiers() []string {
	return commitment.Union([]string{"at-once", "as-soon-as-possible", "fully", "as-appropriate", "priority", "more", "continuing"}, c.typed.Modifiers)
}

// AllTracks are the mechanism's tracks.
func (c Choices) AllTracks() []mechanism.Track { return c.f.State.Tracks() }

// Strengths are the five, the firmest first.
func (c Choices) Strengths() []page.Strength {
	var all []page.Strength
	for n := commitment.Decide; n >= commitment.Explore; n-- {
		all = append(all, c.f.Strength(n))
	}
	return all
}
