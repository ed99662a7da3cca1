/** Taking back one's own acts, and only those: a cell somebody else changed since is left alone. */

import { sameValue } from './values';
import { keyOf, type CellRef, type CellValue, type Value } from './types';

export interface Change extends CellRef { before: Value; after: Value }

/** `staleBy` is who changed the cell after this act; an unknown name is an empty text. */
interface Entry extends Change { staleBy?: string }

export interface Outcome {
  /** null: there was nothing to take back. */
  writes: readonly (CellRef & { value: Value })[] | null;
  /** Names of those who changed the cells that were left alone. */
  refusedBy: readonly string[];
  refused: number;
}

const ACTS = 200;
const CHANGES = 20_000;

/** null: the cell is not there (any more, or for the moment). */
export type Look = (ref: CellRef) => CellValue | null;

export class History {
  private done: Entry[][] = [];
  private undone: Entry[][] = [];

  record(act: readonly Change[]): void {
    if (act.length === 0) return;
    this.done.push(act.map((change) => ({ ...change })));
    this.undone = [];
    const size = (): number => this.done.reduce((sum, { length }) => sum + length, 0);
    while (this.done.length > ACTS || (this.done.length > 1 && size() > CHANGES)) this.done.shift();
  }

  /** The server did not take my last write to this cell, so there is nothing of it to take back. */
  forget(ref: CellRef): void {
    for (let at = this.done.length - 1; at >= 0; at -= 1) {
      const act = this.done[at] ?? [];
      const found = act.findIndex(({ row, column }) => row === ref.row && column === ref.column);
      if (found < 0) continue;
      act.splice(found, 1);
      if (act.length === 0) this.done.splice(at, 1);
      return;
    }
  }

  /** Looks at cells that changed: a value that is not mine makes my earlier acts on it stale. */
  observe(look: Look, only?: readonly CellRef[]): void {
    const keys = only && new Set(only.map(({ row, column }) => keyOf(row, column)));
    const latest = new Map<string, { mine: Value; replaced: Value }>();
    const entries = [...this.done, ...this.undone].flat()
      .filter((entry) => !keys || keys.has(keyOf(entry.row, entry.column)));
    for (const entry of this.done.flat()) {
      latest.set(keyOf(entry.row, entry.column), { mine: entry.after, replaced: entry.before });
    }
    for (const entry of [...this.undone].reverse().flat()) {
      const key = keyOf(entry.row, entry.column);
      if (!latest.has(key)) latest.set(key, { mine: entry.before, replaced: entry.after });
    }
    for (const entry of entries) {
      const now = look(entry);
      const own = latest.get(keyOf(entry.row, entry.column));
      if (!now || !own || sameValue(now.value, own.mine) || sameValue(now.value, own.replaced)) continue;
      entry.staleBy ??= now.by ?? '';
    }
  }

  undo(look: Look): Outcome {
    return this.turn(this.done, this.undone, look, 'after', 'before');
  }

  redo(look: Look): Outcome {
    return this.turn(this.undone, this.done, look, 'before', 'after');
  }

  private turn(
    from: Entry[][], to: Entry[][], look: Look,
    expected: 'before' | 'after', wanted: 'before' | 'after',
  ): Outcome {
    const act = from.pop();
    if (!act) return { writes: null, refusedBy: [], refused: 0 };
    const names = new Set<string>();
    const kept: Entry[] = [];
    for (const entry of act) {
      const now = look(entry);
      if (now && entry.staleBy === undefined && sameValue(now.value, entry[expected])) kept.push(entry);
      else names.add(entry.staleBy ?? now?.by ?? '');
    }
    if (kept.length > 0) to.push(kept);
    return {
      writes: kept.map((entry) => ({ row: entry.row, column: entry.column, value: entry[wanted] })),
      refusedBy: [...names].filter((name) => name !== ''),
      refused: act.length - kept.length,
    };
  }
}
