/** Where rows and columns lie, in pixels: pure arithmetic, so that only what is seen needs to exist. */

import type { GridColumn } from './types';
import type { Spot } from './selection';

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 800;
const OVERSCAN_ROWS = 6;
const OVERSCAN_PIXELS = 160;

/** A stretch of rows or columns; the end is not part of it. */
export interface Stretch { from: number; to: number }

interface Size { width: number; height: number }
interface Scroll { left: number; top: number }

export interface Measures {
  windowWidth: number;
  /** A row of one line, what each further line adds, and the head. */
  rowHeight: number;
  lineHeight: number;
  headHeight: number;
  /** How much larger than usual the letters are, as on a projector. */
  scale: number;
}

export class Layout {
  readonly left: readonly number[];
  readonly widths: readonly number[];
  readonly total: number;
  /** How many columns at the start stay in place, and how wide they are together. */
  readonly frozen: number;
  readonly frozenWidth: number;
  private readonly tops: Float64Array | null;

  /** `lines` tells how many lines each row takes; null where all take one. */
  constructor(
    columns: readonly GridColumn[], resized: ReadonlyMap<string, number>, readonly measures: Measures,
    readonly count: number, lines: ArrayLike<number> | null,
  ) {
    this.widths = columns.map(({ id, width }) => resized.get(id) ?? Math.round(width * measures.scale));
    const left: number[] = [];
    let x = 0;
    for (const width of this.widths) { left.push(x); x += width; }
    this.left = left;
    this.total = x;
    // Columns are frozen only as long as they leave half of the window to the others.
    let frozen = 0;
    while (columns[frozen]?.frozen && this.end(frozen) <= measures.windowWidth / 2) frozen += 1;
    this.frozen = frozen;
    this.frozenWidth = left[frozen] ?? (frozen > 0 ? x : 0);
    this.tops = lines && topsOf(lines, count, measures);
  }

  private end(column: number): number {
    return (this.left[column] ?? 0) + (this.widths[column] ?? 0);
  }

  isFrozen(column: number): boolean { return column < this.frozen; }

  /** Of the row at this position, or the end of the sheet. */
  top(row: number): number {
    return this.tops ? this.tops[Math.max(0, Math.min(row, this.count))] ?? 0 : row * this.measures.rowHeight;
  }

  height(row: number): number {
    return row < this.count ? this.top(row + 1) - this.top(row) : this.measures.rowHeight;
  }

  /** The row at this height of the sheet; the last one for all below. */
  rowAt(y: number): number {
    if (!this.tops) return Math.max(0, Math.floor(y / this.measures.rowHeight));
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  rowsIn(scrollTop: number, height: number): Stretch {
    return {
      from: Math.max(0, this.rowAt(scrollTop) - OVERSCAN_ROWS),
      to: Math.min(this.count, this.rowAt(scrollTop + height) + 1 + OVERSCAN_ROWS),
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
  spotAt(x: number, y: number, scroll: Scroll): Spot {
    return {
      row: this.rowAt(y - this.measures.headHeight + scroll.top),
      column: this.columnAt(x, scroll.left),
    };
  }

  /** Where the window must be scrolled so that this cell is wholly seen. */
  revealing(spot: Spot, scroll: Scroll, window: Size): Scroll {
    const top = this.top(spot.row);
    const below = top + this.height(spot.row) - (window.height - this.measures.headHeight);
    const next = { ...scroll };
    if (top < scroll.top || below > top) next.top = top;
    else if (below > scroll.top) next.top = below;
    if (this.isFrozen(spot.column)) return next;
    const left = (this.left[spot.column] ?? 0) - this.frozenWidth;
    const right = this.end(spot.column) - window.width;
    if (left < scroll.left) next.left = left;
    else if (right > scroll.left) next.left = Math.min(left, right);
    return next;
  }
}

function topsOf(lines: ArrayLike<number>, count: number, { rowHeight, lineHeight }: Measures): Float64Array {
  const tops = new Float64Array(count + 1);
  for (let row = 0; row < count; row += 1) {
    tops[row + 1] = (tops[row] ?? 0) + rowHeight + ((lines[row] ?? 1) - 1) * lineHeight;
  }
  return tops;
}
