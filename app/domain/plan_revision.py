"""改訂履歴: what a version of the plan changes against the one before."""

from app.domain.plan_paper import PlanPaper
from app.domain.sentences import _

_PARTS = (
    (_("現状認識"), ("situation",)),
    (_("経営課題と優先順位"), ("issues_text",)),
    (_("支援方針"), ("policy",)),
    (_("主担当機関・役割分担"), ("lead_agency", "lead_person", "roles")),
    (_("具体的支援内容"), ("actions",)),
    (_("KPI"), ("kpis",)),
    (_("資金繰りの見通しと金融支援の前提"), ("cash",)),
    (_("モニタリング"), ("monitoring",)),
    (_("付帯条件・留意事項"), ("notes",)),
)


def summary_of(before: PlanPaper | None, after: PlanPaper) -> str:
    """The parts that were rewritten, in the order of the paper; the first version is 初版."""
    if before is None:
        return _("初版")
    changed = [
        label
        for label, names in _PARTS
        if any(getattr(before, name) != getattr(after, name) for name in names)
    ]
    if not changed:
        return _("記載内容の変更はありません。")
    return _("{parts}を改めました。").format(parts="、".join(changed))
