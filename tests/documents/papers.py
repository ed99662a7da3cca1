"""Papers for the document tests: a full one, an almost empty one, and a long one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.plan_paper import (
    ActionRow,
    CashMonth,
    CashOutlook,
    Condition,
    ConferenceHeld,
    Confirmation,
    ConsentFacts,
    Decision,
    FirmFacts,
    Indicator,
    Issue,
    KpiRow,
    Monitoring,
    PlanPaper,
    Revision,
    RoleRow,
    StanceRow,
    Viewpoint,
    YearFigures,
)

AGENCIES = (
    "東京都中小企業活性化協議会",
    "東京都事業承継・引継ぎ支援センター",
    "東京信用保証協会",
    "東京都よろず支援拠点",
    "商工会議所（架空・台東区）",
    "つむぎ坂信用金庫",
)
LEAD = AGENCIES[3]
YEARS = (
    YearFigures("令和6年3月期", 198000, -3464, 4290, 4110, 5200, 44235, 99000, -31210, 92440, 22),
    YearFigures("令和7年3月期", 221000, -751, -1263, -1443, 4600, 36007, 87500, -32653, 82190, 22),
    YearFigures("令和8年3月期", 214000, -6158, -6662, -6842, 4200, 29992, 82400, -39495, 71747, 21),
)
INDICATORS = (
    Indicator("売上増加率", "％", ("17.9", "11.6", "▲3.2"), (17.9, 11.6, -3.2)),
    Indicator("営業利益率", "％", ("▲1.7", "▲0.3", "▲2.9"), (-1.7, -0.3, -2.9)),
    Indicator("労働生産性", "千円/人", ("▲157", "▲34", "▲293"), (-157.5, -34.1, -293.2)),
    Indicator("EBITDA有利子負債倍率", "倍", ("31.55", "13.38", "算出不能"), (31.55, 13.38, None)),
    Indicator("営業運転資本回転期間", "か月", ("▲0.53", "▲0.53", "▲0.56"), (-0.53, -0.53, -0.56)),
    Indicator("自己資本比率", "％", ("▲33.8", "▲39.7", "▲55.0"), (-33.8, -39.7, -55.0)),
)
CLOSING = (27588, 25758, 22051, 19608, 17115, 12020, 8800, 4100, 650, -1900, -600, 2100)


def cash_months() -> tuple[CashMonth, ...]:
    """Twelve months from April 2026; the tenth and eleventh end below zero."""
    months, opening = [], 29992
    for index, closing in enumerate(CLOSING):
        month = date(2026 + (index + 3) // 12, (index + 3) % 12 + 1, 1)
        kind = "実績" if index < 7 else "予定"
        change = closing - opening + 1130
        months.append(CashMonth(month, kind, opening, 17248, 17248 - change, 0, -1130, closing))
        opening = closing
    return tuple(months)


def full_paper() -> PlanPaper:
    """A paper with something in every section (the fictional firm C01 of the demonstration)."""
    return PlanPaper(
        document_number="東保経支-2026-0048",
        case_number="C01",
        version=2,
        is_draft=False,
        addressees=("株式会社灯夜ダイニング　代表取締役　佐久間 灯一 様", "参加機関　御中"),
        created_on=date(2026, 11, 24),
        confidentiality="取扱注意",
        firm=FirmFacts(
            name="株式会社灯夜ダイニング",
            name_kana="トウヤダイニング",
            corporate_number="5990001100001",
            representative="佐久間 灯一",
            address="〒110-0000 東京都台東区架空一丁目2番3号 髙槗ビル（𠮷田方）",
            industry="飲食店",
            business="炭火焼き居酒屋3店舗（本店・駅前店・谷中店）。宴会比率4割、客単価4,300円。",
            employees=21,
            capital=10000,
            founded="平成21年4月",
            fiscal_year_end_month=3,
            phase="安定・成熟期",
        ),
        background="コロナ期のゼロゼロ融資の据置が明け、令和6年から元金返済が本格化した。売上は2億円台に戻った"
        "が、食材費・人件費・水道光熱費の上昇を価格に転嫁できず、令和8年3月期は営業損失616万円となった。\n"
        "店舗別損益を作っておらず、経営者は「どの店を残すか決められない」とメイン行に相談した。",
        referred_by="つむぎ坂信用金庫",
        conferences=(
            ConferenceHeld("事前相談", date(2026, 10, 21), AGENCIES[5:], "同意取得"),
            ConferenceHeld(
                "第8回 東京チームサポートアシスト会議",
                date(2026, 11, 24),
                AGENCIES,
                "主担当機関を決定",
            ),
        ),
        years=YEARS,
        indicators=INDICATORS,
        indicator_note="借入金に役員借入金は含めていません。",
        viewpoints=(
            Viewpoint("経営者", "創業社長。現場に毎日立ち、数字は税理士任せ。承継は未検討。"),
            Viewpoint("事業", "強みは炭火・地酒の品揃えと常連客。弱みは宴会依存と原価管理。"),
            Viewpoint(
                "企業を取り巻く環境・関係者", "駅周辺に同業が増加。メイン信金との関係は良好。"
            ),
            Viewpoint("内部管理体制", None),
        ),
        situation="谷中店の赤字が主因とみられる。債務超過は約3,950万円である。",
        issues=(
            Issue(
                1, "店舗別・部門別の損益が把握できていない", "店舗別の損益表を毎月作る必要がある。"
            ),
            Issue(2, "原価率が3年で31.8％から34.7％へ上昇", "値上げ判断の根拠がない。"),
            Issue(3, "年間元金返済約1,350万円に対し簡易キャッシュフローがマイナス", None),
        ),
        issues_text=None,
        policy="店舗別採算の見える化と谷中店の撤退判断を3か月で行い、粗利率を67％へ戻す。",
        goal="粗利率67.0％、月次営業損益の黒字化",
        period_from=date(2026, 12, 1),
        period_until=date(2027, 11, 30),
        lead_agency=LEAD,
        lead_person="チーフコーディネーター　髙橋 﨑太郎",
        lead_reason="店舗別採算とメニュー・価格の見直しが先決で、飲食の専門家を複数持つため。",
        roles=(
            RoleRow(AGENCIES[0], "統括責任者　邉見 真", "収益力改善支援の受け皿", None, False),
            RoleRow(AGENCIES[2], "経営支援課　齋藤 花", "条件変更の調整", "03-0000-0002", False),
            RoleRow(
                LEAD, "チーフコーディネーター　髙橋 﨑太郎", "全体の進行", "03-0000-0001", True
            ),
            RoleRow(AGENCIES[5], "支店長代理　槗本 一", "試算表の月次回収", "03-0000-0003", False),
        ),
        decision=Decision(
            conference="第8回 東京チームサポートアシスト会議",
            declared_on=date(2026, 11, 24),
            chair="議長　東京信用保証協会　齋藤 花",
            rule="出席した機関に反対がなく、候補の機関が受諾したときに決定します。",
            accepted_on=date(2026, 11, 24),
            stances=tuple(
                StanceRow(agency, "条件付賛成", "3行の調整が整わないときは協議会へ移すこと。")
                if agency == AGENCIES[0]
                else StanceRow(agency, "賛成", None)
                for agency in AGENCIES
            ),
            provisional_until=None,
            receipt="TDO2MWD2ABYL",
        ),
        actions=(
            ActionRow(
                1, "店舗別損益表を作る", LEAD, "髙橋 﨑太郎", date(2026, 12, 20), "損益表", "実施中"
            ),
            ActionRow(
                2, "メニューと価格を見直す", LEAD, None, date(2027, 1, 31), "改定案", "未着手"
            ),
            ActionRow(3, "条件変更を調整する", AGENCIES[2], "齋藤 花", None, None, "未着手"),
        ),
        kpis=(
            KpiRow("粗利率", "65.3％", "67.0％", date(2027, 11, 30), "月次試算表"),
            KpiRow("月次営業損益", "▲513千円", "黒字", date(2027, 5, 31), None),
        ),
        cash=CashOutlook(
            months=cash_months(),
            comment="令和9年1月に資金残高が不足する見通しである。",
            premises="谷中店の撤退費用300万円を自己資金で賄うことを前提とする。",
        ),
        monitoring=Monitoring(
            text=None,
            frequency="毎月（3か月間）、その後は四半期ごと",
            method="試算表と店舗別損益表を情報共有シートで確認する。",
            report_to="参加機関",
            review_conditions="資金残高が2か月続けて見通しを下回ったとき",
            next_on=date(2026, 12, 22),
        ),
        consent=ConsentFacts(
            number="同意-C01-1",
            granted_on=date(2026, 10, 21),
            valid_until=date(2028, 10, 31),
            agencies=AGENCIES,
            groups=("企業概要", "相談内容", "財務", "借入・保証", "経営課題", "支援内容"),
            limits=None,
        ),
        conditions=(
            Condition("条件", AGENCIES[0], "3行の調整が整わないときは協議会の支援へ移すこと。"),
            Condition("異議", AGENCIES[4], "撤退店舗を決めてから返済緩和に入るべきである。"),
        ),
        notes=None,
        confirmations=(
            Confirmation(
                AGENCIES[0],
                "条件付承認",
                "統括責任者　邉見 真",
                date(2026, 11, 26),
                "期限を守ること。",
            ),
            Confirmation(AGENCIES[2], "承認", "経営支援課　齋藤 花", date(2026, 11, 25), None),
            Confirmation(LEAD, "承認", "髙橋 﨑太郎", date(2026, 11, 24), None),
            Confirmation(AGENCIES[5], "未確認", None, None, None),
        ),
        revisions=(
            Revision(1, date(2026, 11, 24), LEAD, "初版"),
            Revision(2, date(2026, 11, 26), LEAD, "協議会の条件を第12項に加えた。"),
        ),
        digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        issued_by=f"{LEAD}　髙橋 﨑太郎",
        issued_at=datetime(2026, 11, 26, 4, 30, tzinfo=UTC),
    )


def empty_paper() -> PlanPaper:
    """A draft in which almost nothing has been written."""
    full = full_paper()
    return replace(
        full,
        version=1,
        is_draft=True,
        addressees=(),
        firm=FirmFacts("民宿ゆき灯", None, None, "雪村 灯子", "長野県飯山市", *[None] * 7),
        background=None,
        referred_by=None,
        conferences=(),
        years=(),
        indicators=(),
        indicator_note=None,
        viewpoints=(),
        situation=None,
        issues=(),
        policy=None,
        goal=None,
        period_from=None,
        period_until=None,
        lead_agency=None,
        lead_person=None,
        lead_reason=None,
        roles=(),
        decision=None,
        actions=(),
        kpis=(),
        cash=None,
        monitoring=None,
        consent=None,
        conditions=(),
        confirmations=(),
        revisions=(),
    )


def long_paper() -> PlanPaper:
    """Long names, long cells and tables that run over several pages."""
    full = full_paper()
    name = "特定非営利活動法人" + "北関東広域農商工連携推進協議会" * 4 + "株式会社"
    sentence = (
        "製品別の原価計算表を作り、上位20品目の採算を明らかにし、取引先との価格交渉に備える。"
    )
    actions = tuple(
        ActionRow(
            n,
            sentence * (1 + n % 4),
            AGENCIES[n % 6],
            "長谷川 麻由美",
            date(2027, 1, 31),
            "原価計算表及び価格交渉資料一式",
            "未着手",
        )
        for n in range(1, 41)
    )
    return replace(
        full,
        firm=replace(full.firm, name=name, address="X" * 120),
        policy=(sentence * 30 + "\n") * 4,
        actions=(*actions, ActionRow(41, sentence * 60, LEAD, None, None, None, "未着手")),
        confirmations=full.confirmations * 5,
    )
