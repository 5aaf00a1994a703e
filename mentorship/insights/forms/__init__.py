from .publication import NarrativeForm, RegionsForm, RuleForm
from .stories import PublishStoryForm
from .themes import ThemeForm
from .workforce import WorkforceForm

__all__ = [
    "NarrativeForm",
    "PublishStoryForm",
    "RegionsForm",
    "RuleForm",
    "ThemeForm",
    "WorkforceForm",
]
