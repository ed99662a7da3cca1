"""Connections begun are counted by session; without one all share a little."""

from realtime.guard import BEGIN_BURST, Doorkeeper
from tests.factories import StandingClock


def admitted(keeper, who, times):
    return [keeper.admit({"who": who}) for _ in range(times)].count(True)


def test_one_session_begins_a_bounded_number_of_connections_and_the_others_do_not_pay():
    clock = StandingClock()
    keeper = Doorkeeper(lambda environ: environ["who"], clock)
    burst = int(BEGIN_BURST)

    assert admitted(keeper, "bank", 500) == burst
    assert admitted(keeper, "cga", 3) == 3
    assert admitted(keeper, None, 500) == burst

    clock.advance(seconds=1)
    assert (admitted(keeper, "bank", 500), admitted(keeper, None, 500)) == (4, 20)
