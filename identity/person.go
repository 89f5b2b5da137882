package identity

import (
	"crypto/rand"
	"strings"
)

// NewPersonID makes the id of somebody who is appointed: twelve random small letters and digits. The id stands in the public
// headers of all that they do, so it is made of nothing that somebody could sign in with.
func NewPersonID() string { return strings.ToLower(rand.Text()[:12]) }
