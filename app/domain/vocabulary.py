"""The field's standard terms: enums with their Japanese labels (domain dictionary, section 1)."""

from enum import StrEnum

from app.domain.sentences import _


class AgencyKind(StrEnum):
    """機関の種別."""

    FINANCIAL_INSTITUTION = "financial_institution"
    JFC = "jfc"
    GUARANTEE_ASSOCIATION = "guarantee_association"
    GUARANTEE_FEDERATION = "guarantee_federation"
    YOROZU = "yorozu"
    REVITALIZATION_COUNCIL = "revitalization_council"
    SUCCESSION_CENTER = "succession_center"
    CHAMBER = "chamber"
    COMMERCE_SOCIETY = "commerce_society"
    COMMERCE_FEDERATION = "commerce_federation"
    CERTIFIED_SUPPORT_BODY = "certified_support_body"
    SMRJ = "smrj"
    LOCAL_GOVERNMENT = "local_government"
    AGRI_GUARANTEE_FUND = "agri_guarantee_fund"
    AMAMI_FUND = "amami_fund"
    EXPERT = "expert"


AGENCY_KIND_LABELS = {
    AgencyKind.FINANCIAL_INSTITUTION: _("金融機関"),
    AgencyKind.JFC: _("日本政策金融公庫"),
    AgencyKind.GUARANTEE_ASSOCIATION: _("信用保証協会"),
    AgencyKind.GUARANTEE_FEDERATION: _("全国信用保証協会連合会"),
    AgencyKind.YOROZU: _("よろず支援拠点"),
    AgencyKind.REVITALIZATION_COUNCIL: _("中小企業活性化協議会"),
    AgencyKind.SUCCESSION_CENTER: _("事業承継・引継ぎ支援センター"),
    AgencyKind.CHAMBER: _("商工会議所"),
    AgencyKind.COMMERCE_SOCIETY: _("商工会"),
    AgencyKind.COMMERCE_FEDERATION: _("商工会連合会"),
    AgencyKind.CERTIFIED_SUPPORT_BODY: _("認定経営革新等支援機関"),
    AgencyKind.SMRJ: _("中小機構"),
    AgencyKind.LOCAL_GOVERNMENT: _("地方公共団体"),
    AgencyKind.AGRI_GUARANTEE_FUND: _("農業信用基金協会"),
    AgencyKind.AMAMI_FUND: _("奄美群島振興開発基金"),
    AgencyKind.EXPERT: _("専門家"),
}

LENDERS = frozenset({AgencyKind.FINANCIAL_INSTITUTION, AgencyKind.JFC})

# One character beside the colour, so that colour never stands alone.
AGENCY_MARKS = {
    AgencyKind.FINANCIAL_INSTITUTION: "金",
    AgencyKind.JFC: "金",
    AgencyKind.GUARANTEE_ASSOCIATION: "保",
    AgencyKind.GUARANTEE_FEDERATION: "連",
    AgencyKind.YOROZU: "よ",
    AgencyKind.REVITALIZATION_COUNCIL: "活",
    AgencyKind.SUCCESSION_CENTER: "承",
    AgencyKind.CHAMBER: "商",
    AgencyKind.COMMERCE_SOCIETY: "商",
    AgencyKind.COMMERCE_FEDERATION: "商",
    AgencyKind.CERTIFIED_SUPPORT_BODY: "認",
    AgencyKind.SMRJ: "機",
    AgencyKind.LOCAL_GOVERNMENT: "自",
    AgencyKind.AGRI_GUARANTEE_FUND: "農",
    AgencyKind.AMAMI_FUND: "奄",
    AgencyKind.EXPERT: "専",
}


class Role(StrEnum):
    """What a person does for the agency (所属での役割)."""

    AGENCY_ADMIN = "agency_admin"
    COORDINATOR = "coordinator"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    AUDITOR = "auditor"


ROLE_LABELS = {
    Role.AGENCY_ADMIN: _("支援責任者"),
    Role.COORDINATOR: _("事務局担当"),
    Role.PARTICIPANT: _("担当者"),
    Role.OBSERVER: _("オブザーバー"),
    Role.AUDITOR: _("監査担当"),
}


class LifeCyclePhase(StrEnum):
    """事業者のフェーズ."""

    STARTUP = "startup"
    GROWTH = "growth"
    MATURITY = "maturity"
    DECLINE = "decline"
    TRANSITION = "transition"


PHASE_LABELS = {
    LifeCyclePhase.STARTUP: _("創業期"),
    LifeCyclePhase.GROWTH: _("成長期"),
    LifeCyclePhase.MATURITY: _("安定・成熟期"),
    LifeCyclePhase.DECLINE: _("転換・衰退期（衰退局面）"),
    LifeCyclePhase.TRANSITION: _("転換・衰退期（転換局面）"),
}


class ConferenceKind(StrEnum):
    """会議の種類; its rules are template data, not properties of one association."""

    ASSIST = "assist"
    JOINT_CASE = "joint_case"
    SUPPORT_TEAM = "support_team"
    MANAGEMENT_SUPPORT = "management_support"
    NETWORK = "network"
    LIAISON = "liaison"
    CONSULTATION = "consultation"
    WORKSHOP = "workshop"
    TRAINING = "training"


CONFERENCE_KIND_LABELS = {
    ConferenceKind.ASSIST: _("アシスト会議"),
    ConferenceKind.JOINT_CASE: _("事業者支援合同カンファレンス"),
    ConferenceKind.SUPPORT_TEAM: _("中小企業応援隊"),
    ConferenceKind.MANAGEMENT_SUPPORT: _("経営サポート会議"),
    ConferenceKind.NETWORK: _("中小企業支援ネットワーク会議"),
    ConferenceKind.LIAISON: _("連絡会議"),
    ConferenceKind.CONSULTATION: _("経営相談会"),
    ConferenceKind.WORKSHOP: _("資金繰り表作成ワークショップ"),
    ConferenceKind.TRAINING: _("研修"),
}


class RequestKind(StrEnum):
    """依頼区分."""

    CASH = "cash"
    SALES = "sales"
    PROFIT = "profit"
    IMPROVEMENT_PLAN = "improvement_plan"
    REPAYMENT = "repayment"
    SUCCESSION = "succession"
    REVITALIZATION = "revitalization"
    EXIT = "exit"
    STARTUP = "startup"
    STAFF = "staff"
    IT = "it"
    SUBSIDY = "subsidy"
    IP = "ip"
    DISASTER = "disaster"
    OTHER = "other"


REQUEST_KIND_LABELS = {
    RequestKind.CASH: _("資金繰り"),
    RequestKind.SALES: _("売上・販路"),
    RequestKind.PROFIT: _("採算・原価"),
    RequestKind.IMPROVEMENT_PLAN: _("経営改善計画"),
    RequestKind.REPAYMENT: _("返済条件"),
    RequestKind.SUCCESSION: _("事業承継"),
    RequestKind.REVITALIZATION: _("再生"),
    RequestKind.EXIT: _("廃業・再チャレンジ"),
    RequestKind.STARTUP: _("創業"),
    RequestKind.STAFF: _("人材・労務"),
    RequestKind.IT: _("IT・DX"),
    RequestKind.SUBSIDY: _("補助金"),
    RequestKind.IP: _("知財"),
    RequestKind.DISASTER: _("災害復旧"),
    RequestKind.OTHER: _("その他"),
}


class Urgency(StrEnum):
    """緊急度."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


URGENCY_LABELS = {
    Urgency.A: _("A 1か月以内"),
    Urgency.B: _("B 3か月以内"),
    Urgency.C: _("C 6か月以内"),
    Urgency.D: _("D それ以上"),
}
