package commitment

// Program names what proposed, in the record of its proposals: the program and the generation of its rules. Raise the
// number when rules change what is proposed.
const Program = "concord extract 1"

// CheckLexicons reads all lexicons and says what is wrong with the first line that cannot be read, with its file and
// number.
func CheckLexicons() error {
	for base := range grammars {
		if _, err := loadLexicon(lexiconFiles, base); err != nil {
			return err
		}
	}
	return nil
}
