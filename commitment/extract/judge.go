package extract

import "concord/commitment"

// strengthOf is the strength that a class of cue gives by itself; ok is false for classes that give none.
func strengthOf(class string) (s commitment.Strength, ok bool) {
	switch class {
	case "decide", "task", "adopt", "confirm":
		return commitment.Decide, true
	case "pledge", "reaffirm":
		return commitment.Pledge, true
	case "intend", "seek":
		return commitment.Intend, true
	case "support":
		return commitment.Support, true
	case "explore":
		return commitment.Explore, true
	}
	return commitment.None, false
}

// lowered is the strength of a verb that is governed by a stronger cue: support caps at 2, explore at 1, seeking and
// striving at 3; any other verb leaves it as it is.
func lowered(s commitment.Strength, class string) commitment.Strength {
	switch class {
	case "support":
		return min(s, commitment.Support)
	case "explore":
		return min(s, commitment.Explore)
	case "seek":
		return min(s, commitment.Intend)
	}
	return s
}
