import copy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _test_templates(settings):
    """Two mails of the tests' own, beside the real ones."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
