package identity_test

import (
	"strings"
	"testing"

	"concord/internal/fault"
)

// A long password counts to its last character, and each character as it was typed.
func TestAPasswordCountsToItsLastCharacter(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	for _, long := range []string{"quiet lamp at the " + strings.Repeat("harbour ", 8), "стол лампа река " + strings.Repeat("Ж", 1007) + "ж"} {
		must(t, s.SetPassword(t.Context(), "known", "known", long))
		must(t, signIn(t, s, "known", long, "192.0.2.1"))
		runes := []rune(long)
		for _, other := range []string{string(runes[:len(runes)-1]), string(runes[:len(runes)-1]) + "x", strings.TrimSpace(strings.ToUpper(long))} {
			if err := signIn(t, s, "known", other, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
				t.Errorf("another password of %d characters opens the account: %v", len([]rune(other)), err)
			}
		}
	}
}

// A new house has no account that anybody could know of.
func TestANewHouseHasNoAccount(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	all, err := s.Accounts(t.Context())
	must(t, err)
	if len(all) != 0 {
		t.Errorf("there are accounts: %v", all)
	}
	for _, name := range []string{"admin", "root", "officer", "founder", "test"} {
		if err := signIn(t, s, name, name, "192.0.2.1"); err == nil {
			t.Errorf("%s signs in", name)
		}
	}
}
