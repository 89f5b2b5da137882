package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// params are the costs of argon2id. They are written beside each hash, so that they can rise without breaking old ones.
type params struct {
	time    uint32
	memory  uint32 // KiB
	threads uint8
}

// today's costs: the second recommended option of RFC 9106, section 4 (3 passes), with 19 MiB as the OWASP cheat sheet
// allows for servers that answer many at once.
var today = params{time: 3, memory: 19 << 10, threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

// The highest costs that a hash of a backup may ask for: a file that anybody may have written must not stop the server.
const (
	mostMemory = 256 << 10 // KiB
	mostTime   = 16
)

// hashPassword gives "$argon2id$v=19$m=19456,t=3,p=1$salt$hash", the form that other programs read too.
func hashPassword(password string) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails
	hash := today.hash(password, salt)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, today.memory, today.time, today.threads,
		b64.EncodeToString(salt), b64.EncodeToString(hash))
}

func (p params) hash(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, p.time, p.memory, p.threads, hashBytes)
}

// rightPassword compares in constant time. An unreadable or empty hash fits no password, and takes as long.
func rightPassword(password, encoded string) bool {
	p, salt, want, ok := parseHash(encoded)
	if !ok {
		p, salt, want = today, make([]byte, saltBytes), make([]byte, hashBytes)
	}
	same := subtle.ConstantTimeCompare(p.hash(password, salt), want) == 1
	return same && ok
}

func parseHash(encoded string) (p params, salt, hash []byte, ok bool) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return params{}, nil, nil, false
	}
	const costs = "m=%d,t=%d,p=%d"
	if _, err := fmt.Sscanf(parts[3], costs, &p.memory, &p.time, &p.threads); err != nil || fmt.Sprintf(costs, p.memory, p.time, p.threads) != parts[3] {
		return params{}, nil, nil, false
	}
	if p.threads == 0 || p.time == 0 || p.time > mostTime || p.memory > mostMemory {
		return params{}, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	hash, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return p, salt, hash, err1 == nil && err2 == nil && len(hash) == hashBytes
}
