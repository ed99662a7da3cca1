/** The scrolled window onto the sheet: only the rows and columns in sight exist as elements. */

import { drawCell, newCell, placeCells } from './cells';
import type { Box } from './editor';
import { element, mark } from './elements';
import { Head } from './head';
import { Layout, type Stretch } from './layout';
import { rowLines, USUAL_SIZE } from './measure';
import type { SheetModel } from './model';
import { holds, type Spot } from './selection';
import type { GridOptions } from './types';

interface DrawnRow { el: HTMLElement; at: number; cells: Map<number, HTMLElement> }

export class Viewport {
  readonly scroller: HTMLElement;
  readonly head: Head;
  layout: Layout;
  private readonly grid: HTMLElement;
  private readonly body: HTMLElement;
  private readonly nothing: HTMLElement;
  private readonly probe: HTMLElement;
  private lines: number[] | null = null;
  private readonly drawn = new Map<string, DrawnRow>();
  private readonly resized = new Map<string, number>();
  private dirty: Set<string> | 'all' = 'all';

  constructor(
    private readonly root: HTMLElement, private readonly model: SheetModel, private readonly options: GridOptions,
    private readonly resizedColumn: () => void,
  ) {
    this.scroller = element('div', 'sg-scroll');
    this.grid = element('div', 'sg-grid', {
      role: 'grid', 'aria-label': options.label, 'aria-multiselectable': 'true',
    });
    this.head = new Head(options.t, (column) => this.layout.widths[column] ?? 0, (column, width) => this.resize(column, width));
    this.body = element('div', 'sg-body', { role: 'rowgroup' });
    this.nothing = element('p', 'sg-nothing', {}, options.t('表示できる行はありません。'));
    this.grid.append(this.head.el, this.body);
    this.scroller.append(this.grid, this.nothing);
    this.probe = element('div', 'sg-probe', { 'aria-hidden': 'true' });
    root.append(this.scroller, this.probe);
    this.layout = this.measured();
  }

  private measured(): Layout {
    const { model, options, probe, resized } = this;
    const size = parseFloat(getComputedStyle(this.root).fontSize) || USUAL_SIZE;
    const scale = size / USUAL_SIZE;
    const measures = {
      windowWidth: this.scroller.clientWidth, scale, lineHeight: Math.round(size * 1.3),
      rowHeight: probe.offsetHeight || 36, headHeight: probe.offsetWidth || 40,
    };
    const count = model.rows.length;
    const flat = new Layout(model.columns, resized, measures, count, null);
    const most = options.lines ?? 1;
    if (most <= 1) return flat;
    this.lines = model.rows.map((_, row) => rowLines(model, row, flat.widths, scale, most));
    return new Layout(model.columns, resized, measures, count, this.lines);
  }

  /** Whether one of these rows now takes more or fewer lines than it was given. */
  outgrown(rows: readonly string[]): boolean {
    const { lines, model, options: { lines: most = 1 }, layout: { widths, measures } } = this;
    return lines !== null && rows.some((id) => {
      const row = model.rowOf(id);
      return row !== null && rowLines(model, row, widths, measures.scale, most) !== lines[row];
    });
  }

  /** Rows or columns changed, or the window did: measure again and draw everything. */
  relayout(): void {
    this.layout = this.measured();
    const { model, layout } = this;
    this.body.style.setProperty('width', `${layout.total}px`);
    this.body.style.setProperty('height', `${layout.top(model.rows.length)}px`);
    mark(this.grid, 'aria-rowcount', String(model.rows.length + 1));
    mark(this.grid, 'aria-colcount', String(model.columns.length));
    this.nothing.hidden = model.rows.length > 0;
    this.dirty = 'all';
  }

  /** Runs a change of rows or heights; my cell stays where it was on the screen if `held`. */
  keeping(held: boolean, change: () => void): void {
    const { active } = this.model;
    const before = this.layout.top(active.row);
    const { scrollTop } = this.scroller;
    change();
    this.relayout();
    const moved = this.layout.top(this.model.active.row) - before;
    if (moved !== 0 && (held || scrollTop > 0)) this.scroller.scrollTop = scrollTop + moved;
  }

  touch(rows: readonly string[] | 'all'): void {
    if (rows === 'all' || this.dirty === 'all') this.dirty = 'all';
    else for (const row of rows) this.dirty.add(row);
  }

  render(): void {
    const { scroller, layout, model } = this;
    const rows = layout.rowsIn(scroller.scrollTop, this.window.height - layout.measures.headHeight);
    const columns = this.columnsShown();
    this.head.draw(model, layout, columns);
    const wanted = new Set(model.rows.slice(rows.from, rows.to));
    const free: DrawnRow[] = [];
    for (const [id, row] of this.drawn) {
      if (wanted.has(id)) continue;
      this.drawn.delete(id);
      free.push(row);
    }
    let next = this.body.firstElementChild;
    for (let at = rows.from; at < rows.to; at += 1) {
      const id = model.rows[at] ?? '';
      const known = this.drawn.get(id);
      const row = known ?? free.pop() ?? this.newRow();
      this.drawn.set(id, row);
      if (row.el === next) next = next.nextElementSibling;
      else this.body.insertBefore(row.el, next);
      const stale = !known || this.dirty === 'all' || this.dirty.has(id) || row.at !== at;
      this.drawRow(row, at, columns, stale);
    }
    for (const row of free) row.el.remove();
    this.dirty = new Set();
  }

  private columnsShown(): readonly number[] {
    const { layout, model } = this;
    const moving: Stretch = layout.columnsIn(this.scroller.scrollLeft, this.window.width);
    const shown = new Set<number>();
    for (let at = 0; at < layout.frozen; at += 1) shown.add(at);
    for (let at = moving.from; at < moving.to; at += 1) shown.add(at);
    if (model.columns.length > 0) shown.add(model.active.column); // its head holds the width handle
    return [...shown].sort((one, other) => one - other);
  }

  private newRow(): DrawnRow {
    return { el: element('div', 'sg-row', { role: 'row' }), at: -1, cells: new Map() };
  }

  private drawRow(row: DrawnRow, at: number, columns: readonly number[], stale: boolean): void {
    const { layout, model } = this;
    if (stale) {
      row.at = at;
      mark(row.el, 'aria-rowindex', String(at + 2));
      row.el.style.setProperty('top', `${layout.top(at)}px`);
      row.el.style.setProperty('height', `${layout.height(at)}px`);
      row.el.style.setProperty('--sg-lines', String(this.lines?.[at] ?? 1));
      row.el.classList.toggle('sg-odd', at % 2 === 1);
      row.el.classList.toggle('sg-tall', (this.lines?.[at] ?? 1) > 1);
    }
    placeCells(row.el, row.cells, columns, layout, newCell, (cell, column, fresh) => {
      const width = (layout.widths[column] ?? 0) / layout.measures.scale;
      if (fresh || stale) drawCell(cell, { row: at, column }, width, model, this.options.t, this.language);
      mark(cell, 'aria-selected', String(holds(model.area, at, column)));
    });
  }

  get language(): string {
    return this.root.closest<HTMLElement>('[lang]')?.lang || 'ja';
  }

  get window(): { width: number; height: number } {
    return { width: this.scroller.clientWidth, height: this.scroller.clientHeight };
  }

  /** The cell's box in the root's own coordinates, and whether it is in sight. */
  boxOf(spot: Spot): { box: Box; seen: boolean } {
    const { layout, scroller, window } = this;
    const frozen = layout.isFrozen(spot.column);
    const x = (layout.left[spot.column] ?? 0) - (frozen ? 0 : scroller.scrollLeft);
    const { headHeight } = layout.measures;
    const y = headHeight + layout.top(spot.row) - scroller.scrollTop;
    const width = layout.widths[spot.column] ?? 0;
    const height = layout.height(spot.row);
    const { left, top } = this.corner;
    const seen = y >= headHeight - 2 && y + Math.min(height, window.height - headHeight) <= window.height + 2
      && (frozen || x >= layout.frozenWidth - 2) && x <= window.width - 24;
    return { box: { left: left + x, top: top + y, width, height }, seen };
  }

  /** The window below the head, in the root's own coordinates. */
  get within(): Box {
    const { left, top } = this.corner;
    const { width, height } = this.window;
    const { headHeight } = this.layout.measures;
    return { left, top: top + headHeight, width, height: height - headHeight };
  }

  private get corner(): { left: number; top: number } {
    const { scroller } = this;
    return { left: scroller.offsetLeft + scroller.clientLeft, top: scroller.offsetTop + scroller.clientTop };
  }

  reveal(spot: Spot): void {
    const { scrollLeft: left, scrollTop: top } = this.scroller;
    const next = this.layout.revealing(spot, { left, top }, this.window);
    if (next.top !== top) this.scroller.scrollTop = next.top;
    if (next.left !== left) this.scroller.scrollLeft = next.left;
  }

  spotAt(clientX: number, clientY: number): Spot {
    const edge = this.scroller.getBoundingClientRect();
    const { scrollLeft: left, scrollTop: top } = this.scroller;
    return this.layout.spotAt(
      clientX - edge.left - this.scroller.clientLeft, clientY - edge.top - this.scroller.clientTop, { left, top },
    );
  }

  resize(column: string, width: number): void {
    this.resized.set(column, width);
    this.relayout();
    this.resizedColumn();
  }
}
