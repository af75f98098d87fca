"""The old address of the RPC layer's errors: `from google.appengine.runtime import apiproxy_errors`.

Google's App Engine SDK has a file of this name. This is a folder, so that neither distribution
overwrites the other's file when both are installed in one place. Python then finds the folder
first, and the folder steps aside for the file.
"""

import importlib.machinery
import importlib.util
import os
import sys

_theirs = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "apiproxy_errors.py")

if os.path.exists(_theirs):
    _loader = importlib.machinery.SourceFileLoader(__name__, _theirs)
    _spec = importlib.util.spec_from_loader(__name__, _loader)
    assert _spec is not None
    sys.modules[__name__] = importlib.util.module_from_spec(_spec)  # what `import` then returns
    _loader.exec_module(sys.modules[__name__])
else:
    from tayori._apiproxy_errors import *
