"""``python -m miner``."""

from miner.cli.main import main

main()
