package lang

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed messages/*.txt
var files embed.FS

// readMessages reads a language's file. A line is "key = words" or "key[one] = words"; blank lines and lines that begin
// with # are for people. "\s" at an end of the words stands for a blank, which would otherwise be cut off.
func readMessages(tag string) (map[string]message, error) {
	data, err := files.ReadFile("messages/" + tag + ".txt")
	if err != nil {
		return nil, err
	}
	words := map[string]message{}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := readLine(words, line); err != nil {
			return nil, fmt.Errorf("messages/%s.txt:%d: %w", tag, i+1, err)
		}
	}
	return words, nil
}

func readLine(words map[string]message, line string) error {
	key, said, ok := strings.Cut(line, "=")
	if !ok {
		return fmt.Errorf("no = in %q", line)
	}
	key, category := strings.TrimSpace(key), plain
	if i := strings.IndexByte(key, '['); i > 0 && strings.HasSuffix(key, "]") {
		key, category = key[:i], key[i+1:len(key)-1]
	}
	if words[key] == nil {
		words[key] = message{}
	}
	if _, twice := words[key][category]; twice {
		return fmt.Errorf("%s is there twice", key)
	}
	words[key][category] = strings.NewReplacer(`\s`, " ", `\u202f`, "\u202f").Replace(strings.TrimSpace(said))
	return nil
}
