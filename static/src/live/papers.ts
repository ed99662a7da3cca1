/** The papers of a case: told in its sheet's room, because their groups decide who hears of them. */
import type { Entry } from './types';

export interface PaperVersion {
  readonly version: number;
  readonly name: string;
  readonly type: 'pdf' | 'png' | 'jpeg' | 'xlsx';
  readonly size: number;
  /** Sheets, where it is a workbook. */
  readonly pages: number;
  readonly digest: string;
  readonly note: string;
  readonly person: string;
  readonly at: string;
}

export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly group: string;
  readonly owner_id: string;
  readonly agency: string;
  /** From the oldest on. */
  readonly versions: readonly PaperVersion[];
}

export interface PaperOnItem {
  readonly version: number;
  /** The page the chair shows to the whole table, 0 for none. */
  readonly page: number;
  readonly person: string;
  readonly agency: string;
  readonly at: string;
}

export interface PapersSnapshot {
  readonly papers: readonly Paper[];
  /** Keyed `item|paper`: the version an agenda item discusses. */
  readonly on_items: Readonly<Record<string, PaperOnItem>>;
}

export const onItemKey = (itemId: string, paperId: string): string => `${itemId}|${paperId}`;

/** The picture after one more entry; undefined where the entry is about no paper. */
export function foldPapers<S extends PapersSnapshot>(before: S, entry: Entry): S | undefined {
  const { kind, body, by, at } = entry;
  switch (kind) {
    case 'paper_added': {
      const paper: Paper = {
        id: body.paper_id,
        title: body.title,
        kind: body.paper_kind,
        group: body.group,
        owner_id: body.owner_id,
        agency: by.agency,
        versions: [body.version],
      };
      return { ...before, papers: [...before.papers, paper] };
    }
    case 'paper_version_added':
      return {
        ...before,
        papers: before.papers.map((paper) =>
          paper.id === body.paper_id ? { ...paper, versions: [...paper.versions, body.version] } : paper,
        ),
      };
    case 'paper_put_on_item': {
      const now: PaperOnItem = { version: body.version, page: 0, person: by.person, agency: by.agency, at };
      return { ...before, on_items: { ...before.on_items, [onItemKey(body.item_id, body.paper_id)]: now } };
    }
    case 'paper_taken_off_item': {
      const { [onItemKey(body.item_id, body.paper_id)]: _off, ...others } = before.on_items;
      return { ...before, on_items: others };
    }
    case 'paper_shown': {
      const key = onItemKey(body.item_id, body.paper_id);
      const on = before.on_items[key];
      return on === undefined ? before : { ...before, on_items: { ...before.on_items, [key]: { ...on, page: body.page } } };
    }
    default:
      return undefined;
  }
}
