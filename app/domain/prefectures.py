"""都道府県: the 47 prefectures with their codes of JIS X 0401 and their regions."""

from dataclasses import dataclass

from app.domain.sentences import _


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One prefecture; ``code`` keeps its leading zero, and the order of codes is the order."""

    code: str
    name: str
    kana: str
    region: str


REGIONS = (
    _("北海道"),
    _("東北"),
    _("関東"),
    _("中部"),
    _("近畿"),
    _("中国"),
    _("四国"),
    _("九州・沖縄"),
)

PREFECTURES = (
    Prefecture("01", "北海道", "ホッカイドウ", "北海道"),
    Prefecture("02", "青森県", "アオモリケン", "東北"),
    Prefecture("03", "岩手県", "イワテケン", "東北"),
    Prefecture("04", "宮城県", "ミヤギケン", "東北"),
    Prefecture("05", "秋田県", "アキタケン", "東北"),
    Prefecture("06", "山形県", "ヤマガタケン", "東北"),
    Prefecture("07", "福島県", "フクシマケン", "東北"),
    Prefecture("08", "茨城県", "イバラキケン", "関東"),
    Prefecture("09", "栃木県", "トチギケン", "関東"),
    Prefecture("10", "群馬県", "グンマケン", "関東"),
    Prefecture("11", "埼玉県", "サイタマケン", "関東"),
    Prefecture("12", "千葉県", "チバケン", "関東"),
    Prefecture("13", "東京都", "トウキョウト", "関東"),
    Prefecture("14", "神奈川県", "カナガワケン", "関東"),
    Prefecture("15", "新潟県", "ニイガタケン", "中部"),
    Prefecture("16", "富山県", "トヤマケン", "中部"),
    Prefecture("17", "石川県", "イシカワケン", "中部"),
    Prefecture("18", "福井県", "フクイケン", "中部"),
    Prefecture("19", "山梨県", "ヤマナシケン", "中部"),
    Prefecture("20", "長野県", "ナガノケン", "中部"),
    Prefecture("21", "岐阜県", "ギフケン", "中部"),
    Prefecture("22", "静岡県", "シズオカケン", "中部"),
    Prefecture("23", "愛知県", "アイチケン", "中部"),
    Prefecture("24", "三重県", "ミエケン", "近畿"),
    Prefecture("25", "滋賀県", "シガケン", "近畿"),
    Prefecture("26", "京都府", "キョウトフ", "近畿"),
    Prefecture("27", "大阪府", "オオサカフ", "近畿"),
    Prefecture("28", "兵庫県", "ヒョウゴケン", "近畿"),
    Prefecture("29", "奈良県", "ナラケン", "近畿"),
    Prefecture("30", "和歌山県", "ワカヤマケン", "近畿"),
    Prefecture("31", "鳥取県", "トットリケン", "中国"),
    Prefecture("32", "島根県", "シマネケン", "中国"),
    Prefecture("33", "岡山県", "オカヤマケン", "中国"),
    Prefecture("34", "広島県", "ヒロシマケン", "中国"),
    Prefecture("35", "山口県", "ヤマグチケン", "中国"),
    Prefecture("36", "徳島県", "トクシマケン", "四国"),
    Prefecture("37", "香川県", "カガワケン", "四国"),
    Prefecture("38", "愛媛県", "エヒメケン", "四国"),
    Prefecture("39", "高知県", "コウチケン", "四国"),
    Prefecture("40", "福岡県", "フクオカケン", "九州・沖縄"),
    Prefecture("41", "佐賀県", "サガケン", "九州・沖縄"),
    Prefecture("42", "長崎県", "ナガサキケン", "九州・沖縄"),
    Prefecture("43", "熊本県", "クマモトケン", "九州・沖縄"),
    Prefecture("44", "大分県", "オオイタケン", "九州・沖縄"),
    Prefecture("45", "宮崎県", "ミヤザキケン", "九州・沖縄"),
    Prefecture("46", "鹿児島県", "カゴシマケン", "九州・沖縄"),
    Prefecture("47", "沖縄県", "オキナワケン", "九州・沖縄"),
)
PREFECTURE_BY_CODE = {prefecture.code: prefecture for prefecture in PREFECTURES}


def prefecture_named(text: str) -> Prefecture | None:
    """Return the prefecture of that name, with or without its 都・府・県."""
    return next((p for p in PREFECTURES if text in {p.name, short_name(p)}), None)


def short_name(prefecture: Prefecture) -> str:
    """東京 for 東京都; 北海道 keeps its last character, which is part of the name."""
    return prefecture.name if prefecture.name == "北海道" else prefecture.name[:-1]


def in_region(region: str) -> tuple[Prefecture, ...]:
    """Return the prefectures of a region in the order of their codes."""
    return tuple(p for p in PREFECTURES if p.region == region)
