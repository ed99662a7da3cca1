/** What the sheet grid asks of its source and tells its owner; the grid knows nothing of sockets or stores. */

export type CellType =
  | 'text' | 'longtext' | 'enum' | 'multi' | 'date' | 'money' | 'int' | 'pct' | 'bool' | 'readonly';

/** One choice of an enum or multi cell: the value that is stored and the words people read. */
export interface Choice { value: string; label: string }

export interface CellSpec {
  type: CellType;
  options?: readonly Choice[] | undefined;
  /** Counted in code points, as the server counts. */
  maxLength?: number | undefined;
  readonly: boolean;
  /** Needed before a conference: shown, but an empty cell is never refused here. */
  required?: boolean | undefined;
}

/** A date is 'YYYY-MM-DD', money is whole 千円, a percentage 12.3 means 12.3 %. */
export interface CellValue {
  value: string | number | boolean | readonly string[] | null;
  version: number;
  /** Who wrote it last, as people read it: agency and person. */
  by?: string | undefined;
  /** When, as an ISO instant. */
  at?: string | undefined;
  /** Why what was decided was corrected; empty for any other value. */
  corrected?: string | undefined;
}

export type Value = CellValue['value'];

export interface GridColumn { id: string; title: string; width: number; frozen?: boolean | undefined }

export interface CellRef { row: string; column: string }

/** By which way a value comes into its cell. */
export type Way = 'typed' | 'choice' | 'paste' | 'undo';

/** A value over what was decided, which the server takes only with its reason. */
export interface Unexplained { value: Value; base: number; reason: string; message: string }

/** The server kept another's value; mine is still known. */
export interface Clash { theirs: CellValue; theirsBy: string; mine: Value }

/** Where another person stands; kind is the kind of agency and only chooses the colour. */
export interface PresentPerson extends CellRef {
  name: string;
  mark: string;
  kind: string;
  editing: boolean;
}

/** A sentence for people: Japanese source, {name} filled from values. */
export type Translate = (ja: string, values?: Record<string, string>) => string;

export interface GridOptions {
  label: string;
  t: Translate;
  /** Lines a long text may take before it is cut; without it every row has one, for large sheets. */
  lines?: number | undefined;
}

export interface SheetSource {
  columns(): readonly GridColumn[];
  rowIds(): readonly string[];
  rowLabel(row: string): string;
  /** null: there is no such cell; it stays blank and cannot be edited. */
  spec(row: string, column: string): CellSpec | null;
  cell(row: string, column: string): CellValue;
  /** Optimistic: afterwards cell() answers the new value; the source calls grid.changed(…). */
  write(row: string, column: string, value: Value, baseVersion: number, way: Way, reason: string): void;
  /** Opens the history of a cell; false where the cell has none. Without it there is no way to any. */
  past?(row: string, column: string): boolean;
  /** Publish where I stand. */
  where(row: string, column: string, editing: boolean): void;
}

export const keyOf = (row: string, column: string): string => `${row}\u0000${column}`;
