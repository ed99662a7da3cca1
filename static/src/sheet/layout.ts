/** Where rows and columns lie, in pixels: pure arithmetic, so that only what is seen needs to exist. */

import type { GridColumn } from './types';
import type { Spot } from './selection';

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 800;
const OVERSCAN_ROWS = 6;
const OVERSCAN_PIXELS = 160;

/** A stretch of rows or columns; the end is not part of it. */
export interface Stretch { from: number; to: number }

export class Layout {
  readonly left: readonly number[];
  readonly widths: readonly number[];
  readonly total: number;
  /** How many columns at the start stay in place, and how wide they are together. */
  readonly frozen: number;
  readonly frozenWidth: number;

  /** Columns are frozen only as long as they leave half of the window to the others. */
  constructor(
    columns: readonly GridColumn[], resized: ReadonlyMap<string, number>,
    windowWidth: number, readonly rowHeight: number, readonly headHeight: number,
  ) {
    this.widths = columns.map((column) => resized.get(column.id) ?? column.width);
    const left: number[] = [];
    let x = 0;
    for (const width of this.widths) { left.push(x); x += width; }
    this.left = left;
    this.total = x;
    let frozen = 0;
    while (columns[frozen]?.frozen && this.end(frozen) <= windowWidth / 2) frozen += 1;
    this.frozen = frozen;
    this.frozenWidth = left[frozen] ?? (frozen > 0 ? x : 0);
  }

  private end(column: number): number {
    return (this.left[column] ?? 0) + (this.widths[column] ?? 0);
  }

  isFrozen(column: number): boolean { return column < this.frozen; }

  top(row: number): number { return row * this.rowHeight; }

  rowsIn(scrollTop: number, height: number, count: number): Stretch {
    return {
      from: Math.max(0, Math.floor(scrollTop / this.rowHeight) - OVERSCAN_ROWS),
      to: Math.min(count, Math.ceil((scrollTop + height) / this.rowHeight) + OVERSCAN_ROWS),
    };
  }

  /** The moving columns in sight; the frozen ones are always there besides. */
  columnsIn(scrollLeft: number, width: number): Stretch {
    const from = scrollLeft + this.frozenWidth - OVERSCAN_PIXELS;
    const to = scrollLeft + width + OVERSCAN_PIXELS;
    let first = this.frozen;
    while (first < this.left.length && this.end(first) <= from) first += 1;
    let last = first;
    while (last < this.left.length && (this.left[last] ?? 0) < to) last += 1;
    return { from: first, to: last };
  }

  columnAt(x: number, scrollLeft: number): number {
    const within = x < this.frozenWidth ? x : x + scrollLeft;
    const at = this.left.findIndex((left, column) => within >= left && within < this.end(column));
    if (at >= 0) return at;
    return within < 0 ? 0 : this.left.length - 1;
  }

  /** The cell under a point given from the upper left corner of the scrolled window, header included. */
  spotAt(x: number, y: number, scroll: { left: number; top: number }): Spot {
    return {
      row: Math.max(0, Math.floor((y - this.headHeight + scroll.top) / this.rowHeight)),
      column: this.columnAt(x, scroll.left),
    };
  }

  /** Where the window must be scrolled so that this cell is wholly seen. */
  revealing(
    spot: Spot, scroll: { left: number; top: number }, window: { width: number; height: number },
  ): { left: number; top: number } {
    const top = this.top(spot.row);
    const below = top + this.rowHeight - (window.height - this.headHeight);
    const next = { ...scroll };
    if (top < scroll.top) next.top = top;
    else if (below > scroll.top) next.top = below;
    if (this.isFrozen(spot.column)) return next;
    const left = (this.left[spot.column] ?? 0) - this.frozenWidth;
    const right = this.end(spot.column) - window.width;
    if (left < scroll.left) next.left = left;
    else if (right > scroll.left) next.left = Math.min(left, right);
    return next;
  }
}
