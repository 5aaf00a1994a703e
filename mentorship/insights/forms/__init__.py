from .publication import NarrativeForm, RegionsForm, RuleForm
from .stories import PublishStoryForm
from .workforce import WorkforceForm

__all__ = [
    "NarrativeForm",
    "PublishStoryForm",
    "RegionsForm",
    "RuleForm",
    "WorkforceForm",
]
