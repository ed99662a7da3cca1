import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import Console, cli
from app.settings import ROOT, read_settings
from deploy.opening import open_database

DEMO = ROOT / "app" / "data" / "demo_cases.json"

BESIDE = {
    "ENTAKU_MAIL_FROM": "entaku@example.jp",
    "ENTAKU_PUBLIC_URL": "https://entaku.example.jp",
}


@pytest.fixture
def console(tmp_path: Path) -> Console:
    return Console(lambda: read_settings({"ENTAKU_DATA": str(tmp_path)}), open_database)


def run(console: Console, *words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], obj=console)


def test_an_installation_is_made_ready_and_filled(console: Console) -> None:
    made = run(console, "migrate")
    again = run(console, "migrate")
    filled = run(console, "import-cases", DEMO)
    refilled = run(console, "import-cases", DEMO)

    assert made.output == "データベースは最新です（更新した機関: 192件）。\n"
    assert again.output == "データベースは最新です（更新した機関: 0件）。\n"
    assert filled.output == "取り込んだ案件: 24件、取り込み済みの案件: 0件\n"
    assert refilled.output == "取り込んだ案件: 0件、取り込み済みの案件: 24件\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ENTAKU_SMTP": "smtp://h"}, "ENTAKU_SMTPを設定するときは、ENTAKU_MAIL_FROMも"),
        (
            {"ENTAKU_SMTP": "smtp://h", "ENTAKU_MAIL_FROM": "a@example.jp"},
            "ENTAKU_SMTPを設定するときは、ENTAKU_PUBLIC_URLも",
        ),
        ({"ENTAKU_SMTP": "smtp://u:hidden@h:many"} | BESIDE, "ENTAKU_SMTPの値を読み取れません"),
        ({"ENTAKU_SMTP": "https://h"} | BESIDE, "ENTAKU_SMTPの値を読み取れません"),
        (
            {"ENTAKU_SMTP": "smtp://h"} | BESIDE | {"ENTAKU_MAIL_FROM": "a@b\nBcc: c@d"},
            "ENTAKU_MAIL_FROMの値を読み取れません",
        ),
        (
            {"ENTAKU_SMTP": "smtp://h"} | BESIDE | {"ENTAKU_PUBLIC_URL": "entaku.example.jp"},
            "ENTAKU_PUBLIC_URLの値を読み取れません",
        ),
    ],
)
def test_a_mail_server_without_what_goes_with_it_is_refused_in_a_sentence(
    tmp_path: Path, given: dict[str, str], told: str
) -> None:
    console = Console(lambda: read_settings({"ENTAKU_DATA": str(tmp_path), **given}), open_database)
    done = run(console, "cases")
    assert done.exit_code == 1
    assert told in done.output
    assert "hidden" not in done.output


def test_the_mail_server_is_read_from_its_address_and_its_password_is_not_shown(
    tmp_path: Path,
) -> None:
    given = {"ENTAKU_SMTP": "smtps://u:p%40ss@mail.example.jp", **BESIDE}
    mailing = read_settings({"ENTAKU_DATA": str(tmp_path), **given}).mailing
    assert mailing is not None
    assert (mailing.host, mailing.port, mailing.encrypted) == ("mail.example.jp", 465, True)
    assert (mailing.user, mailing.password) == ("u", "p@ss")
    assert "p@ss" not in repr(mailing)
    assert read_settings({"ENTAKU_DATA": str(tmp_path), **BESIDE}).mailing is None


def test_the_list_of_firms_states_each_year_as_the_file_does(console: Console) -> None:
    run(console, "migrate")
    run(console, "import-cases", DEMO)

    listed = {firm["name"]: firm for firm in json.loads(run(console, "cases", "--json").stdout)}

    stated = json.loads(DEMO.read_bytes())["cases"]
    assert len(listed) == len(stated) == 24
    for case in stated:
        firm = listed[case["firm"]["name"]]
        assert [year["indicators"] for year in firm["years"]] == [
            year["local_benchmark"] for year in case["fiscal_years"]
        ]
        assert [one["source"] for one in firm["cases"]] == [f"demo_cases/1:{case['case_id']}"]
    assert listed["株式会社灯夜ダイニング"]["years"][2]["texts"]["ebitda_debt_ratio"] == (
        "算出不能（EBITDAがマイナス）"
    )


def test_the_list_reads_well_without_json(console: Console) -> None:
    run(console, "migrate")
    run(console, "import-cases", DEMO)

    lines = run(console, "cases").output.splitlines()

    assert len(lines) == 24 * 4
    assert "株式会社灯夜ダイニング  東京都台東区  飲食店  13-R8-0001（同意済）" in lines


def test_a_bad_file_is_refused_line_by_line(console: Console, tmp_path: Path) -> None:
    run(console, "migrate")
    content = json.loads(DEMO.read_bytes())
    content["cases"][2]["firm"]["city"] = None
    content["cases"][5]["consent"]["\udfff"] = 1
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(content))

    refused = run(console, "import-cases", bad)

    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "誤り C03 firm.city: 文字列ではありません。",
        "誤り C07 consent: 正しい形ではありません。",
        "誤りが2件あるため、何も取り込んでいません。",
    ]
    assert json.loads(run(console, "cases", "--json").stdout) == []


def test_consents_are_ended_from_the_console(console: Console) -> None:
    run(console, "migrate")

    assert run(console, "suspend-expired").output == "同意の期限切れで休止した案件: 0件\n"
