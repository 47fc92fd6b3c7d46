"""Exit statuses, the same for every command."""

OK = 0
SOME_REJECTED = 1
"""Some inputs could not be read or mined; the others were."""
USAGE = 2
"""The command line is wrong, or an archive or file that it names does not exist."""
FAILED = 3
"""The run could not be finished: the disk is full, another run is at work. What was finished is kept."""
INTERRUPTED = 130
"""Ctrl-C; what was finished is kept, the same command goes on from there."""
