"""谁执法谁普法 evaluation of duty units: the score sheet, its steps and grades."""

from plugins.popularization.evaluation.scheme import EVALUATION

DECLARATIONS = (EVALUATION,)
