from .publication import NarrativeForm, RegionsForm, RuleForm
from .workforce import WorkforceForm

__all__ = ["NarrativeForm", "RegionsForm", "RuleForm", "WorkforceForm"]
