"""Reads records of a file that nobody has checked, and names every bad field."""

from collections.abc import Mapping, Set
from datetime import date

from app.domain.sentences import _
from app.domain.text import Problem, Sentence

# Whole figures stay exact in every browser (2^53).
_LARGEST = 10**15


class RecordReader:
    """One record, its path in the file, and the problems found so far.

    A bad field is reported and answered with an empty value, so that one reading reports them
    all; whoever reads must throw the result away when there are problems. Records inside this
    one share its list.
    """

    def __init__(self, data: object, path: str = "", problems: list[Problem] | None = None) -> None:
        self.path = path
        self.problems: list[Problem] = [] if problems is None else problems
        self._fields: Mapping[str, object] | None = None
        if isinstance(data, Mapping):
            self._fields = data
        else:
            self.report("", _("項目の組（オブジェクト）ではありません。"))

    def report(self, name: str, template: str, **values: object) -> None:
        """Note a problem; of what is no record at all, only that is said."""
        if name and self._fields is None:
            return
        path = ".".join(part for part in (self.path, name) if part)
        self.problems.append(Problem(path, Sentence(template, **values)))

    def has(self, name: str) -> bool:
        return self._fields is not None and name in self._fields

    def value(self, name: str) -> object:
        """Return the field as it stands; None where it is missing."""
        return None if self._fields is None else self._fields.get(name)

    def refuse_unknown(self, known: Set[str]) -> None:
        for name in self._fields or ():
            if name not in known:
                self.report(str(name), _("この形式にない項目です。"))

    def record(self, name: str) -> "RecordReader":
        """Go into a record of this record."""
        if self._is_missing(name):
            return RecordReader({}, problems=[])
        path = ".".join(part for part in (self.path, name) if part)
        return RecordReader(self.value(name), path, self.problems)

    def figure(self, name: str) -> int:
        """Read a whole number; true and 1.0 are none."""
        value = self.value(name)
        if self._is_missing(name):
            return 0
        if not isinstance(value, int) or isinstance(value, bool):
            self.report(name, _("整数ではありません。"))
            return 0
        if abs(value) >= _LARGEST:
            self.report(name, _("桁数が多すぎます。単位を確認してください。"))
        return value

    def figure_or_none(self, name: str) -> int | None:
        """Read a whole number or an explicit null."""
        return None if self.has(name) and self.value(name) is None else self.figure(name)

    def day(self, name: str) -> date:
        """Read an ISO date (2026-03-31)."""
        value = self.value(name)
        if self._is_missing(name):
            return date.min
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.report(name, _("日付（2026-03-31 の形）ではありません。"))
            return date.min

    def _is_missing(self, name: str) -> bool:
        if self.has(name):
            return False
        self.report(name, _("項目がありません。"))
        return True
