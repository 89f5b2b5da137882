package overview

import "concord/web/page"

// Overview is the mechanism in one minute.
type Overview struct {
	Mechanism   string         `json:"mechanism"`              // its name, in the reader's language
	Texts       int            `json:"texts"`                  // how many texts it knows
	Commitments int            `json:"commitments"`            // how many lines its ledger has
	Sources     int            `json:"texts_with_commitments"` // how many texts they are from
	Tracks      []Track        `json:"tracks"`                 // the commitments by lead track, the track with the most first
	Strengths   []Strength     `json:"strengths"`              // all commitments by strength, the strongest first
	Coming      []Due          `json:"coming"`                 // deadlines that come, the nearest first, at most six
	Passed      []Due          `json:"passed"`                 // deadlines that have passed, the latest first, at most five
	Undated     int            `json:"undated"`                // how many commitments have no day by which
	Waiting     []WaitingText  `json:"waiting,omitempty"`      // texts with proposals that wait for a decision; for the parties only
	Acts        []page.ActData `json:"acts"`                   // the newest acts that the reader may read, at most six
}

// Track is how many commitments a track leads.
type Track struct {
	ID    string     `json:"id"`    // its key; empty: those that no track leads
	Name  string     `json:"name"`  // in the reader's language
	Total int        `json:"total"` // how many
	Parts []Strength `json:"parts"` // the same by strength, the strongest first
}

// Strength is how many commitments have one strength.
type Strength struct {
	Strength int `json:"strength"` // 5 decide, 4 pledge, 3 intend, 2 support, 1 explore
	N        int `json:"n"`        // how many
}

// Due is a commitment with a day.
type Due struct {
	Ref      string `json:"ref"`      // its reference
	Says     string `json:"says"`     // what is promised
	Language string `json:"language"` // that says is in
	By       string `json:"by"`       // the last day that the deadline allows, 2025-12-31
}

// WaitingText is a text with proposals that wait for a decision.
type WaitingText struct {
	Text  string `json:"text"`  // its code
	Title string `json:"title"` // in the reader's language
	N     int    `json:"n"`     // how many wait
}

// Data is the public form of the page.
func (p *overviewPage) Data() any {
	o := Overview{
		Mechanism: p.Name, Texts: p.Texts, Commitments: p.Commitments, Sources: p.Sources, Tracks: []Track{}, Strengths: strengthsOf(p.Strengths),
		Coming: duesOf(p.Coming), Passed: duesOf(p.Passed), Undated: p.Undated, Acts: page.DataOfActs(p.Acts),
	}
	for _, s := range p.Tracks {
		o.Tracks = append(o.Tracks, Track{s.ID, s.Name, s.Total, strengthsOf(s.Parts)})
	}
	for _, w := range p.Waiting {
		o.Waiting = append(o.Waiting, WaitingText{w.Text, w.Title, w.N})
	}
	return o
}

func strengthsOf(parts []stackPart) []Strength {
	data := []Strength{}
	for _, part := range parts {
		data = append(data, Strength{part.Strength, part.N})
	}
	return data
}

func duesOf(list []due) []Due {
	data := []Due{}
	for _, d := range list {
		data = append(data, Due{d.Ref, d.Says, d.In, d.By})
	}
	return data
}
