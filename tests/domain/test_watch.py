from app.domain.watch import EARLY_WARNING_LABELS, SIGN_BY_CODE, SIGNS, EarlyWarningCode


def test_every_code_has_one_sign_with_a_label_of_its_own_and_a_source() -> None:
    assert [sign.code for sign in SIGNS] == list(EarlyWarningCode)
    assert len(set(EARLY_WARNING_LABELS.values())) == len(SIGNS) == 19
    sources = {sign.source for sign in SIGNS}
    assert sources == {"found: F43", "found: F15", "seed", "knowledge"}


def test_only_the_movement_of_an_account_is_for_the_bank_alone() -> None:
    assert [sign.code for sign in SIGNS if sign.bank_only] == [EarlyWarningCode.DEPOSIT_FALL]
    assert SIGN_BY_CODE[EarlyWarningCode.DEPOSIT_FALL].source == "seed"
