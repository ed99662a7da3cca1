from deploy.commits import SLOW_SECONDS, WEIGHED, Commits


class Disk:
    """A connection that takes so long to commit, and the pool that was asked to wait for it."""

    def __init__(self):
        self.now, self.seconds, self.aside = 0.0, 0.0, 0

    def commit(self):
        self.now += self.seconds

    def apply(self, call, arguments):
        self.aside += 1
        return call(*arguments)


def commits(disk, monkeypatch):
    monkeypatch.setattr("deploy.commits.time.perf_counter", lambda: disk.now)
    return Commits(disk)


def after(commit, disk, seconds, times):
    """How many of so many commits were waited for aside."""
    before, disk.seconds = disk.aside, seconds
    for _at in range(times):
        commit(disk)
    return disk.aside - before


def test_a_quick_disk_is_soon_waited_for_at_once(monkeypatch):
    disk = Disk()
    commit = commits(disk, monkeypatch)
    assert 0 < after(commit, disk, SLOW_SECONDS / 20, WEIGHED) < WEIGHED
    assert after(commit, disk, SLOW_SECONDS / 20, 100) == 0


def test_a_disk_that_becomes_slow_is_waited_for_aside_until_it_is_quick_again(monkeypatch):
    disk = Disk()
    commit = commits(disk, monkeypatch)
    after(commit, disk, SLOW_SECONDS / 20, 200)
    assert after(commit, disk, SLOW_SECONDS * 5, 100) > 80
    assert after(commit, disk, SLOW_SECONDS * 5, 100) == 100
    after(commit, disk, SLOW_SECONDS / 20, 200)
    assert after(commit, disk, SLOW_SECONDS / 20, 100) == 0


def test_one_commit_that_tidies_up_changes_nothing(monkeypatch):
    disk = Disk()
    commit = commits(disk, monkeypatch)
    after(commit, disk, SLOW_SECONDS / 20, 200)
    assert after(commit, disk, SLOW_SECONDS * 10, 1) == 0
    assert after(commit, disk, SLOW_SECONDS / 20, 100) == 0
