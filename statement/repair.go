package statement

// repair fills Reading, Edits and Language of a decoded document.
func repair(d *Document) {
	d.Reading = d.reread()
	d.Language = languageOf(d.Reading)
}
