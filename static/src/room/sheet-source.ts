/** Views of one sheet for the grid: the case's own items, each agency's offer, the issues, what was done. */
import { t } from '../i18n';
import type { ConferenceSeat } from '../live/conference';
import type { SheetGrid } from '../sheet/grid';
import type { CellRef, CellSpec, CellValue, GridColumn, PresentPerson, SheetSource, Value, Way } from '../sheet/types';
import type { CaseSheet, ColumnInfo, SheetCellRef, SheetListener } from './case-sheet';

export type View = 'case' | 'proposal' | 'issue' | 'progress';

const CASE_ROW = 'case';
const GROUP = 'group:';
const READ: CellSpec = { type: 'readonly', readonly: true };
const WIDTHS: Readonly<Record<string, number>> = {
  situation: 205, menu: 205, in_charge: 100, available_from: 130, premise: 180,
  issue: 340, priority: 90, grounds: 320,
  progress_on: 130, progress_way: 110, progress: 300, progress_next: 200,
};

export interface SourceParts {
  readonly seats: () => readonly ConferenceSeat[];
  readonly mark: (kind: string) => string;
  readonly moment: (iso: string) => string;
  /** Opens the history of a cell of the sheet. */
  readonly past?: ((column: ColumnInfo, row: string) => void) | undefined;
}

/** Where the sheet's cells stand in a grid, and back. */
abstract class SheetView implements SheetSource {
  grid: SheetGrid | null = null;
  /** Whether lines that only say what is registered are shown too. */
  withRecord = false;

  /** Not there where nobody opens a history, as on a projector. */
  readonly past?: (row: string, column: string) => boolean;

  constructor(protected readonly sheet: CaseSheet, protected readonly parts: SourceParts, readonly kind: View) {
    const { past } = parts;
    if (past === undefined) return;
    this.past = (row, column) => {
      const cell = this.behind(row, column);
      if (cell !== null) past(cell.column, cell.row);
      return cell !== null;
    };
  }

  abstract columns(): readonly GridColumn[];
  abstract rowIds(): readonly string[];
  abstract rowLabel(row: string): string;
  abstract spec(row: string, column: string): CellSpec | null;
  abstract cell(row: string, column: string): CellValue;
  /** The sheet's cell behind a cell of the grid; null for words that stand there only to be read. */
  protected abstract behind(row: string, column: string): { column: ColumnInfo; row: string } | null;
  /** The cell of the grid that shows a cell of the sheet. */
  protected abstract shown(cell: SheetCellRef): CellRef | null;

  protected get infos(): readonly ColumnInfo[] {
    return this.sheet.columns.peek().filter((column) => column.row_kind === this.kind);
  }

  protected info(key: string): ColumnInfo | undefined {
    return this.infos.find((column) => column.key === key);
  }

  write(row: string, column: string, value: Value, baseVersion: number, way: Way, reason: string): void {
    const cell = this.behind(row, column);
    if (cell !== null) this.sheet.write(cell.column, cell.row, value, baseVersion, way, reason);
  }


  where(row: string, column: string, editing: boolean): void {
    const cell = this.behind(row, column);
    if (cell !== null) this.sheet.where(cell.row, cell.column.key, editing);
  }

  readonly listener: SheetListener = {
    changed: (cells) => {
      if (cells === undefined) this.grid?.changed();
      else {
        const mine = this.around(cells);
        if (mine.length > 0) this.grid?.changed(mine);
      }
    },
    clash: (cell, clash) => {
      const ref = this.shown(cell);
      if (ref === null || this.grid === null) return false;
      this.grid.clash(ref.row, ref.column, clash);
      return true;
    },
    refused: (cell, typed, message) => {
      const ref = this.shown(cell);
      if (ref === null || this.grid === null) return false;
      this.grid.refused(ref.row, ref.column, typed, message);
      return true;
    },
    unexplained: (cell, what) => {
      const ref = this.shown(cell);
      if (ref === null || this.grid === null) return false;
      this.grid.unexplained({ ...ref, ...what });
      return true;
    },
    unsaved: (cells) => this.grid?.unsaved(cells.flatMap((cell) => this.shown(cell) ?? [])),
  };

  /** The cells of the grid that a change of the sheet's cells is seen in. */
  protected around(cells: readonly SheetCellRef[]): CellRef[] {
    return cells.flatMap((cell) => this.shown(cell) ?? []);
  }

  /** Whether a cell of the sheet stands in a line that only says what is registered. */
  isRecord(cell: SheetCellRef): boolean {
    return this.sheet.columns.peek().some((column) => column.key === cell.column && column.record);
  }

  /** Where the view shows a cell of the sheet, if it does. */
  place(cell: SheetCellRef): CellRef | null {
    return this.shown(cell);
  }

  /** Who else stands where, as far as this view shows it. */
  people(): PresentPerson[] {
    return this.sheet.positions.value.flatMap(({ row, column, person, kind, editing }) => {
      const ref = this.shown({ row, column });
      return ref === null ? [] : [{ ...ref, name: person, mark: this.parts.mark(kind), kind, editing }];
    });
  }
}

/** One line per item of the case: its name, its content, who wrote it last. */
class CaseView extends SheetView {
  protected override get infos(): readonly ColumnInfo[] {
    return this.withRecord ? super.infos : super.infos.filter((column) => !column.record);
  }

  columns(): readonly GridColumn[] {
    return [
      { id: 'label', title: t('項目'), width: 170, frozen: true },
      { id: 'value', title: t('内容'), width: 350 },
      { id: 'updated', title: t('更新'), width: 200 },
    ];
  }

  /** Every group begins with a line that only names it. */
  rowIds(): readonly string[] {
    return this.infos.flatMap((column, at, all) =>
      all[at - 1]?.group === column.group ? [column.key] : [`${GROUP}${column.group}`, column.key]);
  }

  rowLabel(row: string): string {
    if (!row.startsWith(GROUP)) return this.info(row)?.label ?? '';
    const named = this.infos.find((column) => column.group === row.slice(GROUP.length));
    return t('【{group}】', { group: named?.group_label ?? '' });
  }

  spec(row: string, column: string): CellSpec | null {
    const info = this.info(row);
    if (info === undefined) return column === 'label' ? READ : null;
    return column === 'value' ? this.sheet.spec(info, null) : READ;
  }

  cell(row: string, column: string): CellValue {
    if (column === 'label') return { value: this.rowLabel(row), version: 0 };
    const cell = this.sheet.cell(CASE_ROW, row);
    if (column === 'value') return cell;
    if (cell.at === undefined) return { value: cell.version === 0 ? null : (cell.by ?? null), version: 0 };
    return { value: `${cell.by ?? ''} ${this.parts.moment(cell.at)}`, version: 0 };
  }

  protected behind(row: string, column: string): { column: ColumnInfo; row: string } | null {
    const info = this.info(row);
    return info === undefined || column !== 'value' ? null : { column: info, row: CASE_ROW };
  }

  protected shown({ row, column }: SheetCellRef): CellRef | null {
    return row === CASE_ROW && this.info(column) ? { row: column, column: 'value' } : null;
  }

  protected override around(cells: readonly SheetCellRef[]): CellRef[] {
    return super.around(cells).flatMap((ref) => [ref, { row: ref.row, column: 'updated' }]);
  }
}

/** One line per entry of a list; the first column says whose or which it is. */
abstract class ListView extends SheetView {
  protected abstract readonly head: GridColumn;
  protected abstract owner(row: string): string | null;

  columns(): readonly GridColumn[] {
    return [
      this.head,
      ...this.infos.map(({ key, label }) => ({ id: key, title: label, width: WIDTHS[key] ?? 180 })),
    ];
  }

  spec(row: string, column: string): CellSpec | null {
    if (column === this.head.id) return READ;
    const info = this.info(column);
    return info === undefined ? null : this.sheet.spec(info, this.owner(row));
  }

  cell(row: string, column: string): CellValue {
    return column === this.head.id ? { value: this.rowLabel(row), version: 0 } : this.sheet.cell(row, column);
  }

  protected behind(row: string, column: string): { column: ColumnInfo; row: string } | null {
    const info = this.info(column);
    return info === undefined ? null : { column: info, row };
  }

  protected shown({ row, column }: SheetCellRef): CellRef | null {
    return this.info(column) && this.rowIds().includes(row) ? { row, column } : null;
  }

  protected rows(): readonly string[] {
    return (this.sheet.room.state.peek()?.rows ?? []).filter((row) => row.kind === this.kind).map((row) => row.id);
  }
}

/** Every agency at the table has its line, in the order of the office; only one's own can be changed. */
class OfferView extends ListView {
  protected readonly head = { id: 'agency', title: t('機関'), width: 180, frozen: true };

  rowIds(): readonly string[] {
    if (this.infos.length === 0) return [];
    const seated = this.parts.seats().map((seat) => seat.agency_id);
    return [...seated, ...this.rows().filter((row) => !seated.includes(row))];
  }

  rowLabel(row: string): string {
    const seat = this.parts.seats().find((one) => one.agency_id === row);
    return seat === undefined ? t('会議に出ていない機関') : `${seat.mark} ${seat.name}`;
  }

  protected owner(row: string): string {
    return row;
  }
}

class IssueView extends ListView {
  protected readonly head = { id: 'number', title: t('番号'), width: 70, frozen: true };

  rowIds(): readonly string[] {
    return this.rows();
  }

  rowLabel(row: string): string {
    return String(this.rows().indexOf(row) + 1);
  }

  protected owner(): null {
    return null;
  }
}

/** 経過記録: what an agency did for the firm stands in its own lines, the oldest first. */
class ProgressView extends ListView {
  protected readonly head = { id: 'agency', title: t('機関'), width: 150, frozen: true };

  rowIds(): readonly string[] {
    return this.rows();
  }

  rowLabel(row: string): string {
    const seat = this.parts.seats().find((one) => one.agency_id === this.owner(row));
    return seat === undefined ? t('会議に出ていない機関') : `${seat.mark} ${seat.name}`;
  }

  protected owner(row: string): string | null {
    return this.sheet.room.state.peek()?.rows.find(({ id }) => id === row)?.owner_id ?? null;
  }
}

export type { SheetView };

export function viewOf(sheet: CaseSheet, parts: SourceParts, kind: View): SheetView {
  switch (kind) {
    case 'case':
      return new CaseView(sheet, parts, kind);
    case 'proposal':
      return new OfferView(sheet, parts, kind);
    case 'issue':
      return new IssueView(sheet, parts, kind);
    case 'progress':
      return new ProgressView(sheet, parts, kind);
  }
}
