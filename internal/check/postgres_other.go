//go:build !unix

package check

import "testing"

// PostgresEnv names the environment variable with the address of a PostgreSQL server for tests.
const PostgresEnv = "CONCORD_TEST_POSTGRES"

// Postgres skips the test: on this system no server is started for it.
func Postgres(tb testing.TB) string {
	tb.Helper()
	tb.Skip("skipped: tests start PostgreSQL on Unix systems only")
	return ""
}
