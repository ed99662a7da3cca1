"""Registering a firm, after making sure that it is not there already."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from app.domain import corporate_number
from app.domain import firms as rules
from app.domain.access import Act
from app.domain.errors import Duplicate, Malformed
from app.domain.figures import parse_integer
from app.domain.names import (
    fold_name,
    is_kana,
    normalise_kana,
    normalise_postal_code,
    sort_key,
    valid_phone,
)
from app.domain.people import Actor
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem, listed
from app.services.commands import Command, Done, Thousands, line
from app.services.use_case import use_case
from app.store import firms, reach
from app.store.columns import new_id
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import UnitOfWork

_MONTH = re.compile(r"(1[89]|20)[0-9]{2}-(0[1-9]|1[0-2])")


def _kana(value: str) -> str:
    kana = normalise_kana(value)
    if kana and not is_kana(kana):
        raise TextProblem(_("全角カタカナで入力してください。"))
    return kana


def _postal_code(value: str) -> str:
    if not value:
        return ""
    code = normalise_postal_code(value)
    if code is None:
        raise TextProblem(_("郵便番号は 320-0000 のように7桁で入力してください。"))
    return code


def _phone(value: str) -> str:
    if value and not valid_phone(value):
        raise TextProblem(_("電話番号は 03-1234-5678 のようにハイフンを入れて入力してください。"))
    return value


def _month(value: str) -> str:
    if value and not _MONTH.fullmatch(value):
        raise TextProblem(_("年月は 2009-04 のように入力してください。"))
    return value


def _number(value: object) -> object:
    return corporate_number.normalise(value) if isinstance(value, str) else value


def _one_of(choices: object) -> AfterValidator:
    def check(value: str) -> str:
        if value and value not in choices:  # type: ignore[operator]  # a tuple or a dict
            raise TextProblem(_("選択肢から選んでください。"))
        return value

    return AfterValidator(check)


def _whole(value: object) -> object:
    if isinstance(value, bool):
        raise TextProblem(_("数値を入力してください。"))
    return parse_integer(value) if isinstance(value, str) else value


_Kana = Annotated[str, line(120, required=False), AfterValidator(_kana)]
_Count = Annotated[int | None, BeforeValidator(_whole)]


class CreateFirm(Command):
    """``even_if_similar`` and ``number_confirmed`` answer the two warnings; money is 千円."""

    name: Annotated[str, line(120)]
    kana: Annotated[str, line(120), AfterValidator(_kana)]
    legal_form: Annotated[str, line(20), _one_of(rules.LEGAL_FORMS)]
    corporate_number: Annotated[str | None, BeforeValidator(_number)] = None
    representative: Annotated[str, line(80, required=False)] = ""
    representative_kana: _Kana = ""
    representative_age: Annotated[_Count, Field(ge=15, le=120)] = None
    founded: Annotated[str, line(7, required=False), AfterValidator(_month)] = ""
    postal_code: Annotated[str, line(10, required=False), AfterValidator(_postal_code)] = ""
    prefecture_code: Annotated[str, line(2), _one_of(PREFECTURE_BY_CODE)]
    city: Annotated[str, line(80)]
    address: Annotated[str, line(200, required=False)] = ""
    phone: Annotated[str, line(20, required=False), AfterValidator(_phone)] = ""
    industry_major: Annotated[str, line(1), _one_of(rules.INDUSTRIES)]
    industry_middle_name: Annotated[str, line(80, required=False)] = ""
    employees: Annotated[_Count, Field(ge=0, le=1_000_000)] = None
    capital: Annotated[Thousands, Field(ge=0)] = None
    fiscal_year_end_month: Annotated[_Count, Field(ge=1, le=12)] = None
    even_if_similar: bool = False
    number_confirmed: bool = False


@use_case
def create_firm(uow: UnitOfWork, actor: Actor, command: CreateFirm) -> Done:
    """A number already registered is the same firm; a like name only may be, and can be passed.

    So can a wrong check digit: it proves a slip of the pen in all but rare cases, yet the number
    on the firm's paper decides.
    """
    reach.network(actor, Act.CREATE_FIRM)
    _check_number(command)
    if command.corporate_number is not None:
        same = firms.of_number(uow.session, command.corporate_number)
        if same is not None:
            raise Duplicate(
                _("法人番号 {number} は「{name}」として登録済みです。"),
                number=command.corporate_number,
                name=same.name,
                fields={"corporate_number": _("登録済みの番号です。")},
                detail={"firm_id": same.id},
            )
    if not command.even_if_similar:
        _refuse_look_alikes(uow, actor, command)
    firm = FirmRow(
        id=new_id(),
        name_key=fold_name(command.name),
        sort_key=sort_key(command.kana),
        is_corporation=command.legal_form != rules.SOLE_PROPRIETOR,
        industry_major_name=rules.INDUSTRIES[command.industry_major],
        created_by_agency_id=actor.agency_id,
        created_at=uow.now(),
        **command.model_dump(exclude={"op_id", "even_if_similar", "number_confirmed"}),
    )
    uow.session.add(firm)
    uow.session.flush()
    return Done(id=firm.id)


def _check_number(command: CreateFirm) -> None:
    number = command.corporate_number
    if number is None:
        return
    if command.legal_form == rules.SOLE_PROPRIETOR:
        raise Malformed(
            _("個人事業主に法人番号はありません。"),
            fields={"corporate_number": _("個人事業主の場合は空欄にしてください。")},
        )
    if not command.number_confirmed and not corporate_number.is_valid(number):
        raise Malformed(
            _("法人番号の検査数字が合いません。"),
            fields={
                "corporate_number": _(
                    "桁の打ち間違いがないか、登記や請求書の番号と見比べてください。"
                    "正しい番号であれば「番号を確認しました」を選んで登録できます。"
                )
            },
        )


def _refuse_look_alikes(uow: UnitOfWork, actor: Actor, command: CreateFirm) -> None:
    alike = firms.look_alikes(
        uow.session, actor.agency_id, command.name, command.prefecture_code, uow.today()
    )
    if not alike:
        return
    found = listed(
        f"{row.name}（{PREFECTURE_BY_CODE[row.prefecture_code].name}{row.city}）" for row in alike
    )
    raise Duplicate(
        _("似た名前の企業が登録されています：{firms}"),
        firms=found,
        remedy=_(
            "同じ企業であれば、検索して登録済みの企業を使ってください。"
            "別の企業であれば「別の企業として登録する」を選んでもう一度登録してください。"
        ),
        fields={"name": Sentence(_("似た名前：{firms}"), firms=found)},
        detail={"firm_ids": [row.id for row in alike]},
    )
