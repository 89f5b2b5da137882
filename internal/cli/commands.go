package cli

// commands is the table of all commands, in the order of the overview.
func commands() []command {
	return []command{
		demoCommand, serveCommand, readCommand, importCommand, exportCommand, restoreCommand, verifyCommand,
		passwordCommand, tokenCommand, doctorCommand, benchCommand,
	}
}
