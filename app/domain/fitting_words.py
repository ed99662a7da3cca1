"""Words by which an issue of the sheet is found to be about a row of the table (3.5).

Issues are free text without a class of their own, so a word is all there is to go by; what was
found is quoted, for people to judge. Written as ``folded``: NFKC, small letters.
"""

TRADE = ("売上", "売り上げ", "商品", "販路", "web", "ウェブ", "採算", "原価")
PLANNING = ("記帳", "補助金", "計画づくり", "計画策定", "事業計画")
TERMS = ("条件変更", "リスケ", "返済条件")
RESTRUCTURING = ("dds", "債権放棄", "債務免除", "債務超過", "金融調整")
EXIT = ("廃業", "保証債務")
SUCCESSION = ("後継者", "承継", "m&a", "引継ぎ")
WORKING_CAPITAL = ("運転資金",)
