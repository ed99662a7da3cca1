"""円卓の記録を手元で確かめる: checks exported journals of Entaku, by Python 3.10 or newer alone.

    python3 entaku_verify.py COPY... [--earlier OLD...] [--receipt RECEIPT...]

A copy is a file of `entaku journal export`, or a folder of them; it ends with 0 where all holds. It
recomputes (1) the chain, (2) what stances come to, (3) seals and declared results; it finds (4)
where a copy leaves an earlier one, (5) receipts. What was written anew as a whole shows in 4 and 5.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Told = dict[str, Any]
Copy = tuple[Told, list[Told]]  # the header and the entries of a room
Fault = tuple[int, str]  # number of the entry, and what about it does not hold
FORMAT, EMPTY = "entaku-journal/1", {"seq": 0, "hash": ""}

NUMBER = "番号が続いていません。"
LINK = "直前の記録につながっていません。"
BODY = "本文が、記録したときの要約値と合いません。"
HASH = "記録の内容が、そのハッシュと合いません。"
HEAD = "最後の番号とハッシュが、最後の記録と合いません。"
SHAPE = "記録の形が種類と合わず、読み取れません。"
SEALS = "公開された内容が、封をしたときの内容と合いません。"
RULE = "決定方法が、確認を始めたときのものと合いません。"
CLOSED = "受付中でない確認についての記録です。"
ELECTORATE = "宣言の対象機関・退席・受諾が、それまでの記録と合いません。"
STANCES = "宣言に載っている回答が、記録された回答と合いません。"
TALLY = "宣言の集計が、記録された回答から数えたものと合いません。"
RESULT = "宣言の結果が、決定方法と回答から導けません。"
CHANGED = "以前の写しと違います。"
CUT = "以前の写しにはありますが、ここから先が失われています。"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# (1) The chain: each entry's hash covers the hash before it, and the digest of its own body.
HASHED = (
    *("prev", "room_id", "seq", "op_id", "part", "kind", "visibility", "person_id"),
    *("person_name", "agency_id", "agency_name", "at", "body_digest"),
)


def chain(header: Told, entries: list[Told]) -> Iterator[Fault]:
    """A withheld body (null) cannot be compared; its digest is part of the hash all the same."""
    expected, before = 1, ""
    for entry in entries:
        seq, body = entry["seq"], entry["body"]
        told = sha(f"{entry['salt']}\n{canonical(body)}")
        holds = {
            NUMBER: seq == expected,
            LINK: (entry["prev"], entry["room_id"]) == (before, header["room"]),
            BODY: body is None or told == entry["body_digest"],
            HASH: sha("\n".join(str(entry[name]) for name in HASHED)) == entry["hash"],
        }
        yield from ((seq, problem) for problem in holds if not holds[problem])
        expected, before = seq + 1, entry["hash"]
    if (header["seq"], header["hash"]) != (expected - 1, before):
        yield header["seq"], HEAD


# (2) The verdict: what the stances come to under the rule.
LENDERS = {"financial_institution", "jfc"}
COUNTED, ALL = {"two_thirds", "majority"}, {"unanimity", "all_lenders"}  # 3分の2・過半数、全員
STOPPED_BY_ONE = ALL | {"consensus", "no_objection"}  # 総意、異議なし
WORDS = ("agree", "hold", "against", "abstain", "not_applicable", "silent", "denominator", "needed")


def verdict(question: Told, seats: list[Told], answers: Told) -> tuple[str | None, Told]:
    """What may be declared, and the tally: 決定 decided, 仮決定 provisional, 継続協議 continued, or
    None while something is missing. Who left (out) is neither heard nor missed."""
    rule, out, accepted = question["rule"], answers["out"], answers["accepted"]
    method, quorum, stances = rule["method"], rule["quorum"], answers["said"]
    asked = {seat["agency_id"]: seat for seat in seats if seat["agency_id"] not in out}
    marks = {one: {seat["kind"], *seat["marks"]} for one, seat in asked.items()}
    there = {one for one in asked if asked[one]["takes_part"]}
    heard = {one: stances[one] for one in (there if rule["presence"] else asked) if one in stances}
    lenders = [one for one in asked if marks[one] & LENDERS]
    part = [one for one in asked if one in there or one in heard]
    everyone = rule["denominator"] == "all" if method in COUNTED | ALL else not rule["presence"]
    deciding = lenders if method == "all_lenders" else list(asked) if everyone else part
    quiet = method == "no_objection"  # whoever is there and says nothing does not object
    present = [one for one, said in heard.items() if said["stance"] != "not_applicable"]
    present += [one for one in there if quiet and one not in heard]
    needed = -(-(quorum["percent"] or 0) * len(asked) // 100) or quorum["seats"] or 0
    lacking = (
        len(present) < needed
        or any(not any(mark in marks[one] for one in present) for mark in rule["must_include"])
        or (method == "all_lenders" and not lenders)
        or (method in STOPPED_BY_ONE and not quiet and any(one not in heard for one in deciding))
        or any(said["stance"] == "hold" and not said["reply_by"] for said in heard.values())
    )
    words = [heard[one]["stance"] if one in heard else None for one in deciding]
    result, tally = counted(rule, words, lacking)
    if question["nominee_id"] in out or accepted is False:
        return "continued", tally
    return (None if accepted is None and result != "continued" else result), tally


def counted(rule: Told, words: list[str | None], lacking: bool) -> tuple[str | None, Told]:
    """Where a share decides, so many are needed of so many (denominator); None elsewhere."""
    method, stays = rule["method"], rule["abstention"] == "stays"
    agree = words.count("agree") + words.count("agree_with_condition")
    others = ("hold", "object", "abstain", "not_applicable", None)
    hold, against, abstain, beside, silent = map(words.count, others)
    base = agree + hold + against + (abstain if stays else 0)
    base += 0 if method in COUNTED and rule["denominator"] == "voting" else silent
    share = {"majority": base // 2 + 1, "two_thirds": -(-2 * base // 3)}.get(method, base)
    whole, needed = (base, max(share, 1)) if method in COUNTED | ALL else (None, None)
    counts = (agree, hold, against, abstain, beside, silent, whole, needed)
    tally = dict(zip(WORDS, counts, strict=True))
    if method in STOPPED_BY_ONE and against + (abstain if method in ALL and stays else 0):
        return "continued", tally
    if lacking or method == "advisory":  # 意見聴取 is heard, and nothing decided
        return None if lacking else "continued", tally
    # A hold (留保) may become a yes or a no; it matters where that makes a difference. Each way in
    # which it can end: whether it is carried, whether it is tied.
    votes, ways = agree + against + hold, set()
    for yes in range(agree, agree + hold + 1):
        carried = yes >= (votes if needed is None else needed)
        ways.add((carried, method == "majority" and 2 * yes == votes > 0))
    if len(ways) > 1:
        return "provisional" if rule["allow_provisional"] else "continued", tally
    return "decided" if (True, False) in ways else "continued", tally


# (3) The course of an item: what was sealed, said, and declared, entry by entry.
SAID = ("stance", "text", "alternative", "reply_by", "owner_id", "due")
PLAIN = {"manner": "own", "reason": "", "file": None}  # not told before others could answer
NAMED = ("item_id", "agency_id", "turn", "nominee_id", "reason")
ENDED = {"stance_given", "stance_sealed", "stances_revealed", "lead_answered", "result_declared"}
ENDED |= {"round_replaced"}
LEAD = ENDED | {"nomination_sealed", "nominations_revealed", "round_opened", "hold_answered"}
LEAD |= {"agency_recused", "recusal_lifted", "provisional_settled"}


def course(room: str, entries: list[Told]) -> Iterator[Fault]:
    item: Told = {"id": room.partition("-")[2], "nominated": {}, "rounds": {}, "out": set()}
    for entry in entries:
        if entry["kind"] in LEAD:
            try:
                yield from ((entry["seq"], problem) for problem in step(item, entry))
            except (AttributeError, KeyError, TypeError, ValueError):
                yield entry["seq"], SHAPE


def step(item: Told, entry: Told) -> list[str]:
    kind, body = entry["kind"], entry["body"]
    if kind == "round_opened":
        fresh: Told = {"opened": body, "said": {}, "seals": {}, "out": set(), "accepted": None}
        item["rounds"][body["round_id"]] = fresh
        return [] if sha(canonical(body["rule"])) == body["rule_digest"] else [RULE]
    if kind == "nomination_sealed":
        item["nominated"].setdefault(body["turn"], {})[body["agency_id"]] = body["seal"]
        return []
    if kind == "nominations_revealed":
        sealed = sorted(item["nominated"].get(body["turn"], {}).items())
        kept = [(one, seal) for one, seal in sealed if one not in item["out"]]
        about = {"item_id": item["id"], "turn": body["turn"]}
        shown = [(n["agency_id"], opened({**about, **n}, NAMED)) for n in body["nominations"]]
        return [] if sorted(shown) == kept else [SEALS]
    round_ = item["rounds"].get(body["round_id"])
    if (body["round_id"] and not round_) or (kind in ENDED and "declared" in round_):
        return [CLOSED]
    if kind in {"agency_recused", "recusal_lifted"}:
        for out in (item["out"], *([round_["out"]] if round_ else [])):
            (out.add if kind == "agency_recused" else out.discard)(body["agency_id"])
    elif kind == "hold_answered":
        round_.setdefault("holds", {})[body["agency_id"]] = body["stance"]
    elif kind == "provisional_settled":  # decided only if all who took it home agreed
        held = {one for one, said in round_["said"].items() if said["stance"] == "hold"}
        words = {round_.get("holds", {}).get(one, "object") for one in held - item["out"]}
        return [RESULT] if body["result"] == "decided" and "object" in words else []
    elif kind == "lead_answered":
        round_["accepted"] = body["accepted"]
    elif kind in {"stance_given", "stance_sealed"}:  # a later one replaces the one before
        said = PLAIN | {name: body[name] for name in (*SAID, *PLAIN) if name in body}
        said |= {"person": entry["person_name"], "receipt": receipt(entry["hash"])}
        round_["said"][body["agency_id"]] = said
        round_["seals"][body["agency_id"]] = body.get("seal")
    elif kind == "stances_revealed":
        about, told = {"round_id": body["round_id"]}, body["stances"]
        names = ("round_id", "agency_id", *SAID)
        found = {one: opened({**about, "agency_id": one, **told[one]}, names) for one in told}
        if found != round_["seals"]:
            return [SEALS]
        for one in told:  # how it was given was told when it was sealed
            word = {name: told[one][name] for name in (*SAID, *PLAIN) if name in told[one]}
            round_["said"][one] |= {**word, "manner": round_["said"][one]["manner"]}
    else:
        round_["declared"] = True
        return declared(round_, body)
    return []


def declared(round_: Told, body: Told) -> list[str]:
    asked, closing = round_["opened"], body["closing"]
    then, now = ([{**one, "takes_part": 0} for one in of["seats"]] for of in (asked, closing))
    result, tally = verdict(asked, closing["seats"], round_)
    told = (closing["recused"], closing["accepted"])
    holds = {
        RULE: closing["rule_digest"] == asked["rule_digest"],
        ELECTORATE: then == now and told == (sorted(round_["out"]), round_["accepted"]),
        STANCES: {k: PLAIN | v for k, v in closing["stances"].items()} == round_["said"],
        TALLY: closing["tally"] == tally,
        RESULT: body.get("result", result) in {"continued", "no_taker", result},
    }
    return [problem for problem in holds if not holds[problem]]


def opened(told: Told, names: Iterable[str]) -> str:
    return sha(f"{told['nonce']}\n{canonical({name: told[name] for name in names})}")


# (4) Earlier copies, (5) receipts and fingerprints.
def difference(old: list[Told], new: list[Told]) -> list[Fault]:
    """The first entry of an earlier copy that is another one now; a body may be withheld."""
    for place, one in enumerate(old):
        other = new[place] if place < len(new) else {}
        beside = {"body", "salt"} if None in (one["body"], other.get("body")) else set()
        if any(one[name] != other.get(name) for name in one.keys() - beside):
            return [(one["seq"], CHANGED if other else CUT)]
    return []


def receipt(digest: str) -> str:
    return base64.b32encode(bytes.fromhex(digest))[:12].decode()


def fingerprint(copies: dict[str, Copy]) -> str:
    """Of the rooms of a conference and its items as they were when it closed, or as they are."""
    every = [entry for _header, entries in copies.values() for entry in entries]
    closed = min((one["at"] for one in every if one["kind"] == "conference_closed"), default="~")
    heads = dict.fromkeys(copies, "")
    heads |= {one["room_id"]: one["hash"] for one in every if one["at"] <= closed}
    told = "\n".join(f"{room} {digest}" for room, digest in sorted(heads.items()))
    letters = base64.b32encode(bytes.fromhex(sha(told))).decode()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def read(paths: list[Path]) -> dict[str, Copy]:
    copies = {}
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            header, *entries = map(json.loads, file.read_text("utf-8").strip().split("\n"))
            if header["format"] != FORMAT or not all(receipt(one["hash"]) for one in entries):
                raise ValueError(file)
            copies[header["room"]] = header, entries
    return copies


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="円卓の記録を確かめます。")
    parser.add_argument("copies", nargs="+", type=Path, help="記録の写し（ファイルかフォルダ）")
    parser.add_argument("--earlier", nargs="+", type=Path, default=[], help="以前の写し")
    parser.add_argument("--receipt", nargs="+", default=[], help="回答の控え")
    asked = parser.parse_args(words)
    copies, earlier, wrong = read(asked.copies), read(asked.earlier), 0
    for room, (header, entries) in {**dict.fromkeys(earlier, (EMPTY, [])), **copies}.items():
        results = sum(one["kind"] == "result_declared" for one in entries)
        print(f"部屋 {room}：記録 {len(entries)}件、結果の宣言 {results}件")
        faults = list(chain({**header, "room": room}, entries))
        if any(one["body"] is None and one["kind"] in LEAD for one in entries):
            print("  本文が伏せられているため、封と宣言は確かめていません。")
        else:
            faults += course(room, entries)
        if room in earlier:
            faults += difference(earlier[room][1], entries)
            print(f"  以前の写し {len(earlier[room][1])}件と照合")
        for seq, problem in faults:
            print(f"  × {seq}番：{problem}")
        wrong += len(faults)
    found = {receipt(one["hash"]): one for _header, entries in copies.values() for one in entries}
    for kept in asked.receipt:
        one = found.get(kept.upper())
        wrong += one is None
        print(f"控え {kept}：", f"{one['room_id']} の{one['seq']}番" if one else "× ありません。")
    if sum(room.startswith("c-") for room in copies) == 1:
        print(f"会議の記録の指紋：{fingerprint(copies)}")
    print(f"合わない箇所：{wrong}件" if wrong else "確かめたものは、すべて合っています。")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        sys.exit(f"写しを読み取れません：{error!r}")
