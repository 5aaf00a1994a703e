from .rule import RuleForm

__all__ = ["RuleForm"]
