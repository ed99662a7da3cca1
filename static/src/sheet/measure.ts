/** How much room words take at the sheet's size, told without asking the browser to lay anything out. */

import type { SheetModel } from './model';

const WIDE = /[\u1100-\uffef▲]/;
const NARROW = /[.,/() ]/;

/** The size of the letters that column widths are meant for, in pixels. */
export const USUAL_SIZE = 15;
/** Both sides of a cell and its line. */
export const PADDING = 17;

/** Pixels a text takes at the usual size, rather too many than too few. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? USUAL_SIZE : NARROW.test(sign) ? 7 : 9.8), 0);

/** Lines a text takes in a cell of this width, at most `most`. */
export function linesOf(text: string, width: number, most: number): number {
  const room = Math.max(USUAL_SIZE, width - PADDING);
  let lines = 0;
  for (const part of text.split('\n')) {
    lines += Math.max(1, Math.ceil(widthOf(part.slice(0, 2000)) / room));
    if (lines >= most) return most;
  }
  return lines;
}

/** Lines a row takes: as many as its longest long text, at most `most`. */
export function rowLines(
  model: SheetModel, row: number, widths: readonly number[], scale: number, most: number,
): number {
  return widths.reduce((lines, width, column) => {
    const ref = model.refAt({ row, column });
    if (lines >= most || model.specOf(ref)?.type !== 'longtext') return lines;
    const { value } = model.cellOf(ref);
    return typeof value === 'string' ? Math.max(lines, linesOf(value, width / scale, most)) : lines;
  }, 1);
}
