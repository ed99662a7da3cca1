/** The head row: column titles and the handles that change a column's width by pointer or by keys. */

import { placeCells } from './cells';
import { element, mark } from './elements';
import { MAX_WIDTH, MIN_WIDTH, type Layout } from './layout';
import type { SheetModel } from './model';
import type { Translate } from './types';

const STEP = 16;
const bounded = (width: number): number => Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Math.round(width)));

export class Head {
  readonly el: HTMLElement;
  private readonly row: HTMLElement;
  private readonly cells = new Map<number, HTMLElement>();
  private columns: SheetModel['columns'] = [];

  /** `widthOf` answers at once what `resize` has set, before anything is drawn again. */
  constructor(
    private readonly t: Translate, private readonly widthOf: (column: number) => number,
    private readonly resize: (column: string, width: number) => void,
  ) {
    this.el = element('div', 'sg-head', { role: 'rowgroup' });
    this.row = element('div', 'sg-row', { role: 'row', 'aria-rowindex': '1' });
    this.el.append(this.row);
    this.row.addEventListener('pointerdown', (event) => this.dragged(event));
    this.row.addEventListener('keydown', (event) => this.pressed(event));
  }

  draw(model: SheetModel, layout: Layout, columns: readonly number[]): void {
    this.columns = model.columns;
    const held = this.row.contains(document.activeElement) ? columnOfHandle(document.activeElement) : null;
    placeCells(this.row, this.cells, columns, layout, newHeadCell, (cell, column) => {
      const title = model.columns[column]?.title ?? '';
      const words = cell.firstElementChild;
      if (words && words.textContent !== title) words.textContent = title;
      cell.classList.toggle('sg-here', column === model.active.column);
      this.drawHandle(cell.lastElementChild, column, column === model.active.column, title);
    });
    // Whoever moved and left by Tab before this was drawn stands on the handle of the column before.
    if (held !== null && held !== model.active.column) this.stop?.focus({ preventScroll: true });
  }

  /** One handle at a time is a stop for the Tab key: that of the column I stand in. */
  private drawHandle(handle: Element | null, column: number, mine: boolean, title: string): void {
    if (!handle) return;
    mark(handle, 'data-column', String(column));
    mark(handle, 'aria-hidden', mine ? null : 'true');
    mark(handle, 'role', mine ? 'separator' : null);
    mark(handle, 'tabindex', mine ? '0' : null);
    mark(handle, 'aria-orientation', mine ? 'vertical' : null);
    mark(handle, 'aria-valuemin', mine ? String(MIN_WIDTH) : null);
    mark(handle, 'aria-valuemax', mine ? String(MAX_WIDTH) : null);
    mark(handle, 'aria-valuenow', mine ? String(this.widthOf(column)) : null);
    mark(handle, 'aria-label', mine ? this.t('「{title}」の列幅', { title }) : null);
  }

  private get stop(): HTMLElement | null {
    return this.row.querySelector<HTMLElement>('.sg-size[tabindex]');
  }

  /** Makes a column wider or narrower by one step; for the handle's keys and the buttons alike. */
  step(column: number, direction: 1 | -1): number {
    return this.set(column, this.widthOf(column) + direction * STEP);
  }

  private set(column: number, width: number): number {
    const id = this.columns[column]?.id;
    const next = bounded(width);
    if (id !== undefined) this.resize(id, next);
    return next;
  }

  private pressed(event: KeyboardEvent): void {
    const column = columnOfHandle(event.target);
    if (column === null) return;
    if (event.key === 'ArrowRight') this.step(column, 1);
    else if (event.key === 'ArrowLeft') this.step(column, -1);
    else if (event.key === 'Home') this.set(column, MIN_WIDTH);
    else if (event.key === 'End') this.set(column, MAX_WIDTH);
    else return;
    event.preventDefault();
  }

  private dragged(event: PointerEvent): void {
    const column = columnOfHandle(event.target);
    const handle = event.target;
    if (column === null || event.button !== 0 || !(handle instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const origin = event.clientX;
    const width = this.widthOf(column);
    const move = (moved: PointerEvent): void => { this.set(column, width + moved.clientX - origin); };
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  }
}

function newHeadCell(column: number): HTMLElement {
  const cell = element('div', 'sg-cell sg-th', {
    role: 'columnheader', 'aria-colindex': String(column + 1),
  });
  cell.append(element('span', 'sg-v'), element('div', 'sg-size'));
  return cell;
}

export function columnOfHandle(target: EventTarget | null): number | null {
  if (!(target instanceof HTMLElement) || !target.classList.contains('sg-size')) return null;
  return Number(target.dataset['column']);
}
