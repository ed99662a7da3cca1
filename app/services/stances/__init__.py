"""意思表示: each seat's word on the chair's proposal, and who may bring it."""

from app.services.stances.giving import AnswerLead, GiveStance, answer_lead, give_stance
from app.services.stances.office import EnterStance, enter_stance

__all__ = [
    "AnswerLead",
    "EnterStance",
    "GiveStance",
    "answer_lead",
    "enter_stance",
    "give_stance",
]
