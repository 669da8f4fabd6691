"""The Node that runs the sites' scripts without a browser: the machine's, or the one Playwright brings along."""

import shutil
from pathlib import Path

import playwright

NODE = shutil.which("node") or str(Path(playwright.__file__).parent / "driver" / "node")
