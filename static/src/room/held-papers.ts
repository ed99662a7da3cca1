/** The papers of a case as one item has them: which version stands there, and what is newer. */
import type { ItemSnapshot } from '../live/item';
import { onItemKey, type Paper, type PaperOnItem, type PaperVersion } from '../live/papers';
import type { CaseSheet } from './case-sheet';

/** Without `on` the paper is none of the item's. */
export interface Held {
  readonly paper: Paper;
  readonly on: PaperOnItem | undefined;
  readonly shown: PaperVersion;
  readonly newest: PaperVersion;
}

export function heldBy(item: ItemSnapshot, sheet: CaseSheet): Held[] {
  const snapshot = sheet.snapshot;
  return (snapshot?.papers ?? []).flatMap((paper) => {
    const on = snapshot?.on_items[onItemKey(item.id, paper.id)];
    const newest = paper.versions.at(-1);
    const shown = paper.versions.find(({ version }) => version === on?.version) ?? newest;
    return shown === undefined || newest === undefined ? [] : [{ paper, on, shown, newest }];
  });
}

/** What the chair shows to the whole table, as far as this agency may see it. */
export function screenedBy(item: ItemSnapshot, sheet: CaseSheet): Held | undefined {
  return heldBy(item, sheet).find(({ on }) => on !== undefined && on.page > 0);
}
