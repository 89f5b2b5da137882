package overview

import (
	"strings"
	"time"
	"unicode"

	"concord/mechanism"
	"concord/web/page"
)

// road is the line from past meetings to the next ones, drawn by the server. Measures are units of its view box.
type road struct {
	Width, Height float64
	Here          float64 // where today stands
	Stops         []stop
	Label         string // the road in one sentence, for the ear
}

// stop is one meeting on the road.
type stop struct {
	ID     string
	X      float64
	Held   bool
	Place  string
	Name   string
	Lines  []string // the name, broken to fit under its place
	Date   string
	Anchor string // start, middle, end: how its words hang on X
}

const (
	roadWidth   = 1080.0
	roadMargin  = 76.0
	roadGap     = 148.0 // least distance of two stops: the width of a label
	roadLabel   = 72.0  // from the top to where a label has its first line, and room under the last
	roadLine    = 16.0
	stopsBefore = 4
	stopsAfter  = 2
	lineChars   = 20 // of a label's line; a Chinese character counts two
)

// newRoad draws the latest meetings of the summit and of ministers, and the next ones; nil when none has a date.
func newRoad(f *page.Frame, meetings []mechanism.Meeting) *road {
	stops := stopsOf(f, meetings)
	if len(stops) == 0 {
		return nil
	}
	r := &road{Width: roadWidth}
	days := make([]float64, len(stops))
	for i, x := range stops {
		days[i] = dayNumber(x.Start)
		r.Stops = append(r.Stops, newStop(f, x))
		r.Height = max(r.Height, roadLabel+roadLine*float64(len(r.Stops[i].Lines)+1))
	}
	spread(r.Stops, days)
	r.Here = placeOf(dayNumber(f.Today()), days, r.Stops)
	r.label(f)
	return r
}

// stopsOf picks the meetings to show, in the order of their dates.
func stopsOf(f *page.Frame, meetings []mechanism.Meeting) []mechanism.Meeting {
	var before, after []mechanism.Meeting
	for _, x := range meetings {
		b, ok := f.State.Body(x.Body)
		if !ok || x.Start == "" || b.Kind != "summit" && b.Kind != "ministerial" {
			continue
		}
		if x.Start <= f.Today() && x.Status == "held" {
			before = append(before, x)
		} else {
			after = append(after, x)
		}
	}
	before = before[max(0, len(before)-stopsBefore):]
	after = after[:min(len(after), stopsAfter)]
	return append(before, after...)
}

func newStop(f *page.Frame, x mechanism.Meeting) stop {
	place := f.Name(x.Place)
	if place == "" {
		place = f.PartyName(x.Country)
	}
	held := x.Status == "held" && x.Start <= f.Today()
	return stop{ID: x.ID, Held: held, Place: place, Name: f.MeetingName(x), Lines: wrap(f.MeetingName(x), lineChars), Date: f.L.ShortDate(x.Start), Anchor: "middle"}
}

// dayNumber counts days; a year or month alone stands at its middle, since no more is known.
func dayNumber(date string) float64 {
	for layout, half := range map[string]float64{"2006": 182, "2006-01": 15, time.DateOnly: 0} {
		if t, err := time.Parse(layout, date); err == nil {
			return float64(t.Unix())/86400 + half
		}
	}
	return 0
}

// spread places the stops by their dates, with room for each label: first by equal steps, then drawn toward true scale
// as far as the least distance allows.
func spread(stops []stop, days []float64) {
	n := len(stops)
	if n == 1 {
		stops[0].X = roadWidth / 2
		return
	}
	room := roadWidth - 2*roadMargin
	free := max(room-roadGap*float64(n-1), 0)
	span := max(days[n-1]-days[0], 1)
	x := roadMargin
	for i := range stops {
		if i > 0 {
			x += min(roadGap, room/float64(n-1)) + free*(days[i]-days[i-1])/span
		}
		stops[i].X = x
	}
}

// placeOf is where a day lies between the stops; off the ends by a little.
func placeOf(day float64, days []float64, stops []stop) float64 {
	last := len(days) - 1
	switch {
	case day <= days[0]:
		return stops[0].X - roadMargin/2
	case day >= days[last]:
		return stops[last].X + roadMargin/2
	}
	for i := 1; i <= last; i++ {
		if day < days[i] {
			part := (day - days[i-1]) / (days[i] - days[i-1])
			return stops[i-1].X + part*(stops[i].X-stops[i-1].X)
		}
	}
	return stops[last].X
}

func (r *road) label(f *page.Frame) {
	var said []string
	for _, s := range r.Stops {
		said = append(said, s.Place+", "+s.Name+", "+s.Date)
	}
	r.Label = f.T("overview.road-label", strings.Join(said, "; "), f.Date(f.Today()))
}

// wrap breaks words into lines of at most width; Chinese may break anywhere.
func wrap(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range breakable(s) {
		w := widthOf(strings.TrimSpace(word))
		if used > 0 && used+w > width {
			lines, line, used = append(lines, strings.TrimSpace(line)), "", 0
			word = strings.TrimSpace(word)
		}
		line += word
		used += widthOf(word)
	}
	return append(lines, strings.TrimSpace(line))
}

// breakable cuts a text where a line may break: before each blank and around each Chinese character.
func breakable(s string) []string {
	var all []string
	start, wide := 0, false
	for i, c := range s {
		han := unicode.Is(unicode.Han, c)
		if i > start && (c == ' ' || han || wide) {
			all = append(all, s[start:i])
			start = i
		}
		wide = han
	}
	return append(all, s[start:])
}

func widthOf(s string) int {
	n := 0
	for _, c := range s {
		n++
		if unicode.Is(unicode.Han, c) {
			n++
		}
	}
	return n
}
