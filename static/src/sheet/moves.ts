/** Where a move ends: one step, a page, the edge of the sheet or of a filled run. */

import type { Act } from './keys';
import type { SheetModel } from './model';
import { jumpFrom, type Spot } from './selection';
import type { Viewport } from './viewport';

type Target = Extract<Act, { do: 'move' }>['to'];

export class Moves {
  constructor(private readonly model: SheetModel, private readonly viewport: Viewport) {}

  /** May lie beyond the sheet; selecting it stops at the edge. */
  target(to: Target): Spot {
    const { row, column } = this.model.active;
    const lastRow = this.model.rows.length - 1;
    const lastColumn = this.model.columns.length - 1;
    switch (to) {
      case 'up': return { row: row - 1, column };
      case 'down': return { row: row + 1, column };
      case 'left': return { row, column: column - 1 };
      case 'right': return { row, column: column + 1 };
      case 'row-start': return { row, column: 0 };
      case 'row-end': return { row, column: lastColumn };
      case 'first': return { row: 0, column: 0 };
      case 'last': return { row: lastRow, column: lastColumn };
      case 'page-up': return { row: this.pageFrom(row, -1), column };
      case 'page-down': return { row: this.pageFrom(row, 1), column };
      case 'jump-up': return { row: this.jumpInColumn(-1), column };
      case 'jump-down': return { row: this.jumpInColumn(1), column };
      case 'jump-left': return { row, column: this.jumpInRow(-1) };
      case 'jump-right': return { row, column: this.jumpInRow(1) };
    }
  }

  private pageFrom(row: number, step: 1 | -1): number {
    const { layout, window } = this.viewport;
    const page = window.height - layout.measures.headHeight - layout.measures.rowHeight;
    const to = layout.rowAt(layout.top(row) + step * page);
    return to === row ? row + step : to;
  }

  private jumpInColumn(step: 1 | -1): number {
    const { row, column } = this.model.active;
    return jumpFrom(row, step, this.model.rows.length, (at) => this.filled({ row: at, column }));
  }

  private jumpInRow(step: 1 | -1): number {
    const { row, column } = this.model.active;
    return jumpFrom(column, step, this.model.columns.length, (at) => this.filled({ row, column: at }));
  }

  private filled(spot: Spot): boolean {
    const { value } = this.model.cellOf(this.model.refAt(spot));
    return value !== null && value !== '' && !(typeof value === 'object' && value.length === 0);
  }
}
