/** The information-sharing sheet of a case, folded from its journal. */
import { foldPapers, type PapersSnapshot } from './papers';
import type { Entry } from './types';

export interface SheetRow {
  readonly id: string;
  readonly kind: string;
  readonly owner_id: string | null;
}

export interface SheetCell {
  readonly value: string | number | readonly string[] | null;
  readonly version: number;
  readonly person: string;
  readonly agency: string;
  readonly at: string;
  /** Why what was decided was corrected to this; empty for any other value. */
  readonly reason: string;
}

export interface SheetSnapshot extends PapersSnapshot {
  readonly id: string;
  readonly rows: readonly SheetRow[];
  /** Keyed `row|column`; a cell never written is not there. */
  readonly cells: Readonly<Record<string, SheetCell>>;
}

export const cellKey = (row: string, column: string): string => `${row}|${column}`;

export function foldSheet(sheet: SheetSnapshot, entry: Entry): SheetSnapshot {
  const { body } = entry;
  switch (entry.kind) {
    case 'sheet_row_added':
      return {
        ...sheet,
        rows: [...sheet.rows, { id: body.row, kind: body.row_kind, owner_id: body.owner_id }],
      };
    case 'cell_written':
      return {
        ...sheet,
        cells: {
          ...sheet.cells,
          [cellKey(body.row, body.column)]: {
            value: body.value,
            version: body.version,
            person: entry.by.person,
            agency: entry.by.agency,
            at: entry.at,
            reason: body.reason ?? '',
          },
        },
      };
    default: {
      const after = foldPapers(sheet, entry);
      if (after === undefined) throw new Error(`the sheet knows no ${entry.kind}`);
      return after;
    }
  }
}
