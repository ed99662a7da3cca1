"""What pages are asked for, whatever has come to be of the story so far."""

# Whose ids stand in addresses.
NAMED = (
    *("case", "conference", "decision", "firm", "gap"),
    *("item", "plan", "poll", "round", "series"),
)
NO_IDS = dict.fromkeys(("item", "issue", "note"), "0" * 32)
# A cell of every audience: of the table, of some of it, of one agency, and one there is not.
PAST = (
    *(f"?row=case&column={key}" for key in ("wishes", "repayment_status", "guarantor_status")),
    *(f"?row=case&column={key}" for key in ("adjusted_net_assets", "conditions", "nothing")),
    "?row={issue}&column=issue",
    "?row={note}&column=note",
)
