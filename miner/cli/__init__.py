"""The command line: one file per command; a command imports its heavy parts only when it runs."""
