"""What travels over a live connection beside the commands themselves."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Answer = dict[str, Any]
# A client further behind than this gets a fresh picture instead of the entries.
CATCH_UP = 500


class Join(BaseModel):
    """Enter a room; with ``cursor`` go on from there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    room: str = Field(max_length=80)
    cursor: str | None = Field(default=None, max_length=40)


class Leave(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    room: str = Field(max_length=80)


class Where(BaseModel):
    """The cell one stands on in the sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    room: str = Field(max_length=80)
    row: str = Field(max_length=40)
    column: str = Field(max_length=40)
    editing: bool = False
