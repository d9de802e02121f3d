"""Commands of the command line beside the main ones, a module each; each defines `commands`."""
