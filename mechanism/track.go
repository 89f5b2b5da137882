package mechanism

import (
	"concord/internal/fault"
)

var trackKinds = []Kind{
	kind[OpenTrack]("track.open", toOfficer, everybody),
}

// Track is an area of cooperation, with the words that point to it in a commitment's wording.
type Track struct {
	ID    string              `json:"id"`
	Name  Names               `json:"name"`
	Body  string              `json:"body,omitempty"` // the body that leads it
	Words map[string][]string `json:"words,omitempty"`
}

// Tracks gives the tracks in the order in which they were opened.
func (m *Mechanism) Tracks() []Track { return m.tracks.list() }

// Track finds a track by id.
func (m *Mechanism) Track(id string) (Track, bool) {
	return m.tracks.get(id)
}

// checkTracks accepts ids of open tracks.
func (m *Mechanism) checkTracks(ids []string) error {
	for _, id := range ids {
		if _, ok := m.Track(id); !ok {
			return invalid("there is no track %q", id)
		}
	}
	return nil
}

// OpenTrack opens an area of cooperation.
type OpenTrack struct {
	Track Track `json:"track"`
}

func (a OpenTrack) Objects(m *Mechanism) []Object { return []Object{ObjectOf("track", a.Track.ID)} }

func (a OpenTrack) Check(m *Mechanism, by Actor) error {
	if !validKey(a.Track.ID) {
		return invalid("%q cannot be a track's id: use lower-case letters, digits, hyphens and dots", a.Track.ID)
	}
	if _, ok := m.Track(a.Track.ID); ok {
		return conflict("the track %q is open already", a.Track.ID)
	}
	return a.Track.Name.check(fault.Say("track %s", a.Track.ID))
}

func (a OpenTrack) apply(m *Mechanism, at Entry) { m.tracks.put(a.Track.ID, a.Track) }
