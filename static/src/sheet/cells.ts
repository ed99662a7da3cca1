/** Drawing one cell: its words, its marks and what assistive technology hears of it. */

import { element, mark } from './elements';
import type { Layout } from './layout';
import { PADDING } from './measure';
import type { SheetModel } from './model';
import { drawPresence } from './presence';
import type { Spot } from './selection';
import { keyOf, type Translate } from './types';
import { fittedText, shownText } from './values';

export function newCell(column: number): HTMLElement {
  const cell = element('div', 'sg-cell', {
    role: column === 0 ? 'rowheader' : 'gridcell', 'aria-colindex': String(column + 1),
  });
  cell.append(element('span', 'sg-v'));
  return cell;
}

export function drawCell(
  cell: HTMLElement, spot: Spot, width: number, model: SheetModel, t: Translate, language: string,
): void {
  const ref = model.refAt(spot);
  if (!ref) return;
  const spec = model.specOf(ref);
  const words = cell.firstElementChild;
  if (!words) return;
  const { value } = model.cellOf(ref);
  const text = spec ? shownText(spec, value, t, language) : '';
  const wanting = spec?.required === true && text === '';
  const fitted = spec ? fittedText(spec, value, text, width - PADDING) : '';
  const shown = wanting ? t('要入力') : fitted;
  if (words.textContent !== shown) words.textContent = shown;
  mark(cell, 'data-type', spec?.type ?? 'none');
  mark(cell, 'aria-readonly', model.editable(ref) ? null : 'true');
  mark(cell, 'aria-required', spec?.required ? 'true' : null);
  mark(cell, 'aria-label', fitted === '####' ? text : null);
  cell.classList.toggle('sg-last', spot.column === model.columns.length - 1);
  cell.classList.toggle('sg-wanting', wanting);
  cell.classList.toggle('sg-negative', typeof value === 'number' && value < 0);
  drawCorrected(cell, (model.cellOf(ref).corrected ?? '') !== '', t);
  drawUnsaved(cell, model.unsaved.has(keyOf(ref.row, ref.column)), t);
  drawPresence(cell, model.presentAt(ref), spot.row === 0, t);
}

function drawCorrected(cell: HTMLElement, corrected: boolean, t: Translate): void {
  const old = cell.querySelector('.sg-corrected');
  if (corrected === (old !== null)) return;
  if (corrected) cell.append(element('span', 'sg-corrected', {}, t('訂正')));
  else old?.remove();
}

function drawUnsaved(cell: HTMLElement, unsaved: boolean, t: Translate): void {
  const old = cell.querySelector('.sg-unsaved-words');
  if (unsaved === (old !== null)) return;
  cell.classList.toggle('sg-unsaved', unsaved);
  if (unsaved) cell.append(element('span', 'sg-hidden sg-unsaved-words', {}, t('（保存中）')));
  else old?.remove();
}

/** Keeps exactly these columns as children of a row, in order, each at its place. */
export function placeCells(
  row: HTMLElement, cells: Map<number, HTMLElement>, columns: readonly number[], layout: Layout,
  make: (column: number) => HTMLElement, draw: (cell: HTMLElement, column: number, fresh: boolean) => void,
): void {
  row.style.setProperty('width', `${layout.total}px`);
  const wanted = new Set(columns);
  for (const [column, cell] of cells) {
    if (wanted.has(column)) continue;
    cell.remove();
    cells.delete(column);
  }
  let next = row.firstElementChild;
  for (const column of columns) {
    const known = cells.get(column);
    const cell = known ?? make(column);
    cells.set(column, cell);
    if (cell === next) next = next.nextElementSibling;
    else row.insertBefore(cell, next);
    cell.classList.toggle('sg-frozen', layout.isFrozen(column));
    cell.classList.toggle('sg-edge', column === layout.frozen - 1);
    cell.style.setProperty('left', `${layout.left[column] ?? 0}px`);
    cell.style.setProperty('width', `${layout.widths[column] ?? 0}px`);
    draw(cell, column, known === undefined);
  }
}
