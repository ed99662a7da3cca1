/** Which cells are chosen, by position: the active one, the area up to the anchor, and where a jump ends. */

export interface Spot { row: number; column: number }

export interface Area { top: number; bottom: number; left: number; right: number }

export const areaOf = (one: Spot, other: Spot): Area => ({
  top: Math.min(one.row, other.row),
  bottom: Math.max(one.row, other.row),
  left: Math.min(one.column, other.column),
  right: Math.max(one.column, other.column),
});

export const holds = (area: Area, row: number, column: number): boolean =>
  row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;

export const sizeOf = (area: Area): { rows: number; columns: number } => ({
  rows: area.bottom - area.top + 1,
  columns: area.right - area.left + 1,
});

/** Every position of the area, row by row. */
export function* spotsOf(area: Area): Generator<Spot> {
  for (let row = area.top; row <= area.bottom; row += 1) {
    for (let column = area.left; column <= area.right; column += 1) yield { row, column };
  }
}

/**
 * Where Ctrl+arrow lands, as in Excel: the end of the filled run, else the next filled cell, else the edge.
 * `filled` is asked by position along one line of `count` cells.
 */
export function jumpFrom(
  from: number, step: 1 | -1, count: number, filled: (at: number) => boolean,
): number {
  const edge = step > 0 ? count - 1 : 0;
  if (from === edge) return from;
  let at = from + step;
  const inRun = filled(from) && filled(at);
  while (at !== edge && (inRun ? filled(at + step) : !filled(at))) at += step;
  return at;
}
