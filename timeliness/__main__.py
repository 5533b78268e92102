"""`python -m timeliness` is the command `chcheck`: a request to end it is heeded from the first."""

from timeliness.stopping import stopping_cleanly


def main() -> None:
    """Run the command, and exit with its code."""
    with stopping_cleanly():
        # All the rest is imported under that guard.
        from timeliness.cli import main as run

        run()


if __name__ == "__main__":
    main()
