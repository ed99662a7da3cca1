/** What the grid stands on: the source's rows and columns by position, and my place known by row and column id. */

import { areaOf, type Area, type Spot } from './selection';
import type { CellRef, CellSpec, CellValue, GridColumn, PresentPerson, SheetSource } from './types';
import { keyOf } from './types';

const NOTHING: CellValue = { value: null, version: 0 };

interface Place extends Spot { ids: CellRef }

const nowhere = (): Place => ({ row: 0, column: 0, ids: { row: '', column: '' } });

export class SheetModel {
  columns: readonly GridColumn[] = [];
  rows: readonly string[] = [];
  /** Cells whose write the server has not acknowledged. */
  unsaved: ReadonlySet<string> = new Set();
  private present = new Map<string, PresentPerson[]>();
  private rowAt = new Map<string, number>();
  private columnAt = new Map<string, number>();
  private me = nowhere();
  private other = nowhere();

  constructor(readonly source: SheetSource) {
    this.reread();
  }

  get active(): Spot { return this.me; }
  get anchor(): Spot { return this.other; }
  get area(): Area { return areaOf(this.me, this.other); }
  get empty(): boolean { return this.rows.length === 0 || this.columns.length === 0; }

  /** The ids of the active cell; the cell may have gone since, then the ids are kept until the next move. */
  get activeRef(): CellRef { return this.me.ids; }

  /** Follows the source. My cell keeps its id; if it is gone I stay at the same position. */
  reread(): void {
    this.columns = this.source.columns();
    this.rows = this.source.rowIds();
    this.rowAt = new Map(this.rows.map((id, at) => [id, at]));
    this.columnAt = new Map(this.columns.map(({ id }, at) => [id, at]));
    const gone = !this.follow(this.me);
    if (!this.follow(this.other) || gone) this.other = { ...this.me };
  }

  private follow(place: Place): boolean {
    const row = this.rowAt.get(place.ids.row);
    const column = this.columnAt.get(place.ids.column);
    if (row !== undefined && column !== undefined) {
      place.row = row;
      place.column = column;
      return true;
    }
    Object.assign(place, this.placeAt({ row: row ?? place.row, column: column ?? place.column }));
    return false;
  }

  private placeAt(spot: Spot): Place {
    const row = Math.max(0, Math.min(this.rows.length - 1, spot.row));
    const column = Math.max(0, Math.min(this.columns.length - 1, spot.column));
    return { row, column, ids: { row: this.rows[row] ?? '', column: this.columns[column]?.id ?? '' } };
  }

  select(spot: Spot, extend: boolean): void {
    this.me = this.placeAt(spot);
    if (!extend) this.other = { ...this.me };
  }

  selectArea(from: Spot, to: Spot): void {
    this.other = this.placeAt(from);
    this.me = this.placeAt(to);
  }

  spotOf(ref: CellRef): Spot | null {
    const row = this.rowAt.get(ref.row);
    const column = this.columnAt.get(ref.column);
    return row === undefined || column === undefined ? null : { row, column };
  }

  rowOf(id: string): number | null {
    return this.rowAt.get(id) ?? null;
  }

  refAt(spot: Spot): CellRef | null {
    const row = this.rows[spot.row];
    const column = this.columns[spot.column]?.id;
    return row === undefined || column === undefined ? null : { row, column };
  }

  specOf(ref: CellRef | null): CellSpec | null {
    return ref && this.spotOf(ref) ? this.source.spec(ref.row, ref.column) : null;
  }

  cellOf(ref: CellRef | null): CellValue {
    return ref && this.specOf(ref) ? this.source.cell(ref.row, ref.column) : NOTHING;
  }

  editable(ref: CellRef | null): boolean {
    const spec = this.specOf(ref);
    return spec !== null && !spec.readonly && spec.type !== 'readonly';
  }

  title(column: string): string {
    const at = this.columnAt.get(column);
    return (at === undefined ? undefined : this.columns[at]?.title) ?? '';
  }

  setPresent(people: readonly PresentPerson[]): void {
    this.present = new Map();
    for (const person of people) {
      const key = keyOf(person.row, person.column);
      this.present.set(key, [...(this.present.get(key) ?? []), person]);
    }
  }

  presentAt(ref: CellRef): readonly PresentPerson[] {
    return this.present.get(keyOf(ref.row, ref.column)) ?? [];
  }
}
