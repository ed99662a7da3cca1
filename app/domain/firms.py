"""事業者: legal forms, industries, and when two registered names may be one firm."""

from enum import StrEnum

from app.domain.sentences import _

# A person's own business is the one form that has no 法人番号.
SOLE_PROPRIETOR = "個人事業主"
# Stored and exchanged as these words; the dictionary lists them under 組織形態 (4.1).
LEGAL_FORMS = (
    _("株式会社"),
    _("有限会社"),
    _("合同会社"),
    _("個人事業主"),
    _("組合"),
    _("医療法人"),
    _("NPO"),
    _("その他"),
)

# 日本標準産業分類 (第14回改定), 大分類.
INDUSTRIES = {
    "A": _("農業、林業"),
    "B": _("漁業"),
    "C": _("鉱業、採石業、砂利採取業"),
    "D": _("建設業"),
    "E": _("製造業"),
    "F": _("電気・ガス・熱供給・水道業"),
    "G": _("情報通信業"),
    "H": _("運輸業、郵便業"),
    "I": _("卸売業、小売業"),
    "J": _("金融業、保険業"),
    "K": _("不動産業、物品賃貸業"),
    "L": _("学術研究、専門・技術サービス業"),
    "M": _("宿泊業、飲食サービス業"),
    "N": _("生活関連サービス業、娯楽業"),
    "O": _("教育、学習支援業"),
    "P": _("医療、福祉"),
    "Q": _("複合サービス事業"),
    "R": _("サービス業（他に分類されないもの）"),
    "S": _("公務"),
    "T": _("分類不能の産業"),
}


class LenderKind(StrEnum):
    """Kinds of lender as loans name them; of the agencies they are all one kind, but for 公庫."""

    CITY_BANK = "city_bank"
    REGIONAL_BANK = "regional_bank"
    SECOND_REGIONAL_BANK = "second_regional_bank"
    SHINKIN = "shinkin"
    CREDIT_COOP = "credit_coop"
    AGRI_COOP = "agri_coop"
    JFC = "jfc"
    OTHER = "other"


LENDER_KIND_LABELS = {
    LenderKind.CITY_BANK: _("都市銀行"),
    LenderKind.REGIONAL_BANK: _("地方銀行"),
    LenderKind.SECOND_REGIONAL_BANK: _("第二地方銀行"),
    LenderKind.SHINKIN: _("信用金庫"),
    LenderKind.CREDIT_COOP: _("信用組合"),
    LenderKind.AGRI_COOP: _("農業協同組合"),
    LenderKind.JFC: _("日本政策金融公庫"),
    LenderKind.OTHER: _("その他の貸手"),
}


def names_alike(one: str, other: str) -> bool:
    """Whether two folded names (``fold_name``) may mean one firm: equal, or one within the other.

    Very short names are contained in too many others to say anything.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and short in long
