// Command concord is the operating platform of a multilateral cooperation mechanism. Run it without arguments for help.
package main

import (
	"os"

	"concord/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.System()))
}
