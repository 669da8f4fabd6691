"""One file a command: options → one recipe or room call → the report. No logic."""
