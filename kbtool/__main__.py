"""``python -m kbtool`` and the ``kbtool`` command."""

import sys

from kbtool.cli import main

if __name__ == "__main__":
    sys.exit(main())
