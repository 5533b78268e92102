"""`python -m timeliness` is the command `chcheck`."""

from timeliness.cli import main

main()
