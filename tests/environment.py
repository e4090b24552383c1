"""Loaded before the settings: every test process has a data folder of its own."""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="commonplace-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["COMMONPLACE_DATA"] = folder
