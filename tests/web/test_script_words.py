from app.web.assets import DIST, built
from app.web.script_words import script_catalogue, sentences_of


def test_sentences_are_found_in_a_built_script_each_once() -> None:
    script = 'x("送信中 {count}件",{count:a});y("open",b?"決定":`保存`,"決定")+"a"'
    assert sentences_of(script) == ["送信中 {count}件", "決定", "保存"]


def test_a_sentence_within_a_template_string_is_found() -> None:
    assert sentences_of('z=`${a}・${t("（{text}）")}`;w(`保存`)') == ["（{text}）", "保存"]


def test_what_the_room_says_is_found_in_its_script() -> None:
    found = set(sentences_of((DIST / built("room")).read_text()))
    said = {
        "発言する",
        "未回答の機関があります：{names}",
        "接続が切れました。",
        "文字を入力すると書き換わります。F2で続きから、Altと下矢印で選択肢、Escで取り消しです。",
    }
    assert said - found == set()


def test_in_japanese_the_page_carries_nothing() -> None:
    assert script_catalogue("room", "ja") == {}
