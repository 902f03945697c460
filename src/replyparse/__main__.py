"""Runs the command line: `python -m replyparse`."""

from replyparse.cli import main

if __name__ == "__main__":
    main()
