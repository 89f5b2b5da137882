package proposal

import (
	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// Choices are what a form offers to choose from.
type Choices struct{ f *page.Frame }

// ChoicesFor are the choices of a visitor's form.
func ChoicesFor(f *page.Frame) Choices { return Choices{f} }

// ActorKinds, Bases, Instruments and AllModifiers are the vocabularies of the coding manual.
func (c Choices) ActorKinds() []commitment.ActorKind { return commitment.ActorKinds() }
func (c Choices) Bases() []commitment.Basis          { return commitment.Bases() }
func (c Choices) Instruments() []string              { return commitment.Instruments() }
func (c Choices) AllModifiers() []string             { return commitment.Modifiers() }

// AllTracks are the mechanism's tracks.
func (c Choices) AllTracks() []mechanism.Track { return c.f.State.Tracks() }

// Strengths are the five, the firmest first.
func (c Choices) Strengths() []page.Strength {
	var all []page.Strength
	for _, n := range commitment.Strengths() {
		all = append(all, c.f.Strength(n))
	}
	return all
}
