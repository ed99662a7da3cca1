import pytest
from pydantic import ValidationError

from app.domain.errors import (
    Malformed,
    NotEntitled,
    NotFound,
    OpReused,
    StaleVersion,
    StateForbids,
)
from app.domain.plan import MOST_LINES, PlanList
from app.services.plan_lines import WritePlanSection, write_plan_section
from app.store import plans
from app.store.unit_of_work import Database
from tests.factories import op
from tests.plan_steps import (
    Planned,
    circulated,
    drafted,
    lines,
    plan_of,
    put,
    remove,
    write,
)


def text_of(database: Database, planned: Planned, section: str) -> str:
    return str(plan_of(database, planned.plan_id).sections[section]["text"])


def action(database: Database, planned: Planned, by: str, **values: object) -> str:
    agency_id = planned.at.agencies[by].id
    given = {"agency_id": agency_id, "content": "試算表を集める。"} | values
    return put(database, planned[by], planned.plan_id, "action", **given).id or ""


def test_the_lead_writes_a_section_and_its_version_counts(database: Database) -> None:
    planned = drafted(database)

    done = write(database, planned["yorozu"], planned.plan_id, "policy", "𠮷野様の粗利を戻す。")

    assert done.version == 2
    assert plan_of(database, planned.plan_id).sections["policy"] == {
        "text": "𠮷野様の粗利を戻す。",
        "version": 2,
    }


def test_an_older_version_is_refused_and_both_texts_are_kept(database: Database) -> None:
    planned = drafted(database)
    write(database, planned.at.colleague("yorozu"), planned.plan_id, "policy", "同僚の文")

    with pytest.raises(StaleVersion) as refused:
        write(database, planned["yorozu"], planned.plan_id, "policy", "私の文")

    assert str(refused.value) == "東京都よろず支援拠点 同僚 二郎が先に変更しました。"
    detail = dict(refused.value.detail)
    detail.pop("at")
    assert detail == {
        "section": "policy",
        "text": "同僚の文",
        "version": 2,
        "typed": "私の文",
        "agency": "東京都よろず支援拠点",
        "person": "同僚 二郎",
    }
    assert text_of(database, planned, "policy") == "同僚の文"


def test_sections_of_others_do_not_disturb_each_other(database: Database) -> None:
    planned = drafted(database)

    write(database, planned["yorozu"], planned.plan_id, "policy", "方針")
    write(database, planned["yorozu"], planned.plan_id, "cash", "資金")

    assert text_of(database, planned, "policy") == "方針"
    assert text_of(database, planned, "cash") == "資金"


def test_only_the_lead_writes_sections(database: Database) -> None:
    planned = drafted(database)

    for key in ("bank", "council", "chamber"):
        with pytest.raises(NotEntitled):
            write(database, planned[key], planned.plan_id, "policy", "他機関の文")
    for actor in (planned.at.outsider, planned.at.stranger):
        with pytest.raises(NotFound):
            write(database, actor, planned.plan_id, "policy", "部外者の文")


def test_a_section_that_is_none_or_a_text_that_is_too_long_is_refused(database: Database) -> None:
    planned = drafted(database)

    with pytest.raises(Malformed):
        write(database, planned["yorozu"], planned.plan_id, "appendix", "付録")
    for text in ("長" * 6001, "\ud800"):
        with pytest.raises(ValidationError):
            write(database, planned["yorozu"], planned.plan_id, "policy", text)


def test_a_section_sent_twice_is_written_once(database: Database) -> None:
    planned = drafted(database)
    command = WritePlanSection(
        op_id=op(), plan_id=planned.plan_id, section="cash", text="見通し", base_version=1
    )

    first = write_plan_section(database, planned["yorozu"], command)

    assert write_plan_section(database, planned["yorozu"], command) == first
    other = command.model_copy(update={"text": "別の見通し"})
    with pytest.raises(OpReused):
        write_plan_section(database, planned["yorozu"], other)
    assert plan_of(database, planned.plan_id).sections["cash"]["version"] == 2


def test_each_table_takes_its_own_kind_of_line(database: Database) -> None:
    planned = drafted(database)
    lead = planned["yorozu"]
    bank = planned.at.agencies["bank"].id

    put(database, lead, planned.plan_id, "role", agency_id=bank, role="試算表の回収", person="槗本")
    put(
        database,
        lead,
        planned.plan_id,
        "kpi",
        indicator="粗利率",
        current="65.3％",
        target="67.0％",
        due="令和9年11月30日",
        how="月次試算表",
    )

    assert lines(database, planned.plan_id, "role")[-1]["values"] == {
        "role": "試算表の回収",
        "person": "槗本",
        "contact": "",
    }
    assert lines(database, planned.plan_id, "kpi")[-1]["values"] == {
        "indicator": "粗利率",
        "target": "67.0％",
        "current": "65.3％",
        "due": "2027-11-30",
        "how": "月次試算表",
    }


@pytest.mark.parametrize(
    ("kind", "given", "wrong"),
    [
        ("role", {"role": ""}, {"agency_id", "role"}),
        ("action", {}, {"agency_id", "content"}),
        ("kpi", {"indicator": "粗利率"}, {"target"}),
        ("kpi", {"indicator": "粗利率", "target": "67％", "contact": "03"}, {"contact"}),
    ],
)
def test_a_line_says_what_its_table_needs_and_nothing_else(
    database: Database, kind: str, given: dict[str, str], wrong: set[str]
) -> None:
    planned = drafted(database)

    with pytest.raises(Malformed) as refused:
        put(database, planned["yorozu"], planned.plan_id, kind, **given)

    assert set(refused.value.fields) == wrong


def test_a_line_is_changed_against_the_version_seen(database: Database) -> None:
    planned = drafted(database)
    line_id = action(database, planned, "yorozu")
    mine = {"agency_id": planned.at.agencies["yorozu"].id, "line_id": line_id}
    change = mine | {"content": "毎月集める。", "base_version": 1}

    assert put(database, planned["yorozu"], planned.plan_id, "action", **change).version == 2
    with pytest.raises(StaleVersion) as refused:
        put(database, planned["yorozu"], planned.plan_id, "action", **change)

    assert refused.value.detail["version"] == 2
    assert refused.value.detail["agency"] == "東京都よろず支援拠点"
    with pytest.raises(StaleVersion):
        remove(database, planned["yorozu"], planned.plan_id, line_id, base=1)
    remove(database, planned["yorozu"], planned.plan_id, line_id, base=2)
    assert [a["id"] for a in lines(database, planned.plan_id, "action")].count(line_id) == 0


def test_an_asked_agency_edits_its_own_lines_only(database: Database) -> None:
    planned = drafted(database)
    own = action(database, planned, "council")
    leads = action(database, planned, "yorozu")
    council = planned.at.agencies["council"].id
    wrong = {"content": "書き換え", "base_version": 1}

    remove(database, planned["council"], planned.plan_id, own)
    with pytest.raises(NotEntitled):
        remove(database, planned["council"], planned.plan_id, leads)
    with pytest.raises(NotEntitled):
        put(
            database,
            planned["council"],
            planned.plan_id,
            "action",
            line_id=leads,
            agency_id=council,
            **wrong,
        )
    with pytest.raises(NotEntitled):
        put(database, planned["council"], planned.plan_id, "kpi", indicator="粗利率", target="67％")


def test_an_agency_without_a_part_in_the_plan_adds_nothing(database: Database) -> None:
    planned = drafted(database)

    with pytest.raises(NotEntitled):
        action(database, planned, "chamber")
    given = {"agency_id": planned.at.outsider.agency_id, "content": "部外者の行"}
    with pytest.raises(NotFound):
        put(database, planned.at.outsider, planned.plan_id, "action", **given)


def test_work_is_given_only_within_the_consent(database: Database) -> None:
    planned = drafted(database)

    for agency_id in (planned.at.outsider.agency_id, op()):
        given = {"agency_id": agency_id, "content": "部外者への依頼"}
        with pytest.raises(Malformed) as refused:
            put(database, planned["yorozu"], planned.plan_id, "action", **given)
        assert set(refused.value.fields) == {"agency_id"}


def test_a_line_of_another_plan_or_another_table_is_not_this_plans(database: Database) -> None:
    planned = drafted(database)
    role = lines(database, planned.plan_id, "role")[0]
    given = {"agency_id": role["agency_id"], "content": "別の表の行", "base_version": 1}

    with pytest.raises(Malformed):
        put(database, planned["yorozu"], planned.plan_id, "action", line_id=role["id"], **given)
    with pytest.raises(NotFound):
        put(database, planned["yorozu"], planned.plan_id, "action", line_id=op(), **given)
    with pytest.raises(NotFound):
        remove(database, planned["yorozu"], op(), role["id"])


def test_a_circulated_plan_is_not_rewritten(database: Database) -> None:
    planned = circulated(database)
    role = lines(database, planned.plan_id, "role")[0]

    with pytest.raises(StateForbids):
        write(database, planned["yorozu"], planned.plan_id, "policy", "後からの変更")
    with pytest.raises(StateForbids):
        action(database, planned, "yorozu")
    with pytest.raises(StateForbids):
        remove(database, planned["yorozu"], planned.plan_id, role["id"])


def test_a_table_takes_only_so_many_lines(database: Database) -> None:
    planned = drafted(database)
    with database.begin() as uow:
        for _number in range(MOST_LINES):
            plans.add_line(uow.session, planned.plan_id, PlanList.KPI, None, {"indicator": "指標"})

    with pytest.raises(StateForbids):
        put(database, planned["yorozu"], planned.plan_id, "kpi", indicator="もう一つ", target="1")
