package statement

import "slices"

// Languages gives the tags of all languages that Read tells apart.
func Languages() []Language {
	tags := []Language{"zh-Hans", "zh-Hant"}
	for _, p := range profiles() {
		tags = append(tags, p.tag)
	}
	slices.Sort(tags)
	return tags
}

// ReadAs is Read for a file whose language somebody knows: a tag, or its base ("zh", "uz"), which leaves the script to
// be told.
func ReadAs(name string, data []byte, lang Language) (*Document, error) {
	d, err := Read(name, data)
	if err != nil || d.Language == lang || d.Language.Base() == string(lang) {
		return d, err
	}
	tags := Languages()
	if i := slices.IndexFunc(tags, func(l Language) bool { return l == lang || l.Base() == string(lang) }); i >= 0 {
		d.Language = tags[i]
	}
	return d, nil
}
