"""Nobody takes over an account through a provider: the table of attacks, every row refused."""

import pytest

from tests.auth.attack_table import ATTACKS
from tests.auth.attacks import Attack
from tests.auth.scene import Scene, reasons


# On SQLite the same rows run as guarantee G10.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_through_a_provider_is_refused(
    scene: Scene, attack: Attack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "auth.views")
    answer = attack.perform(scene)
    assert reasons(caplog) == [attack.reason]
    assert answer.status_code == attack.status
    assert 'role="alert"' in answer.text
    assert scene.people_still_inside() == []
    assert scene.browser.who() == "nobody"


def test_the_same_steps_without_an_attack_sign_in(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    answer = scene.run()
    assert (answer.status_code, answer.location) == (303, "/whoami")
    assert scene.browser.who() == "田中 一郎 つむぎ坂信用金庫"
    assert reasons(caplog) == []


def test_at_least_the_promised_number_of_attacks_is_tried() -> None:
    assert len(ATTACKS) == len({attack.name for attack in ATTACKS})
    assert len(ATTACKS) >= 26
