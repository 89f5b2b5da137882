package page

import "testing"

func TestAnAddressCarriesTheDayOn(t *testing.T) {
	t.Parallel()
	now, past := &Frame{Visit: &Visit{}}, &Frame{Visit: &Visit{AsOf: "2025-06-17"}}
	for _, c := range []struct {
		address     string
		values      []any
		now, inPast string
	}{
		{"/", nil, "/", "/?asof=2025-06-17"},
		{"/texts/%s", []any{"CHD24"}, "/texts/CHD24", "/texts/CHD24?asof=2025-06-17"},
		{"/texts/%s#c%s", []any{"CHD24", "3.2"}, "/texts/CHD24#c3.2", "/texts/CHD24?asof=2025-06-17#c3.2"},
		{"/record/%s", []any{int64(7)}, "/record/7", "/record/7?asof=2025-06-17"},
		{"/commitments?track=%s", []any{"a b&c"}, "/commitments?track=a%20b%26c", "/commitments?track=a%20b%26c&asof=2025-06-17"},
		{"/texts/%s", []any{"a/b?c"}, "/texts/a%2Fb%3Fc", "/texts/a%2Fb%3Fc?asof=2025-06-17"},
		{"/record?asof=2024-01-01", nil, "/record?asof=2024-01-01", "/record?asof=2024-01-01"},
		{"/record?asof=", nil, "/record?asof=", "/record?asof="},
	} {
		if got := now.Link(c.address, c.values...); got != c.now {
			t.Errorf("%s now is %s, want %s", c.address, got, c.now)
		}
		if got := past.Link(c.address, c.values...); got != c.inPast {
			t.Errorf("%s in the past is %s, want %s", c.address, got, c.inPast)
		}
	}
}
