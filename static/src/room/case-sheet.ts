/** One case's sheet on this screen: the shared cells, my writes on their way, and what became of them. */
import { effect, signal, type Signal } from '@preact/signals';
import { t } from '../i18n';
import type { Link, Room } from '../live/link';
import { cellKey, foldSheet, type SheetSnapshot } from '../live/sheet';
import type { Position, Refusal } from '../live/types';
import type { CellSpec, CellType, CellValue, Choice, Clash, Unexplained, Value, Way } from '../sheet/types';
import { editText } from '../sheet/values';
import type { RoomData } from './data';

export interface ColumnInfo {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly group_label: string;
  readonly type: CellType;
  readonly row_kind: string;
  readonly required: boolean;
  readonly max_length: number;
  /** Nobody types it: it says what is registered. */
  readonly record: boolean;
  readonly right: 'edit' | 'view' | 'own' | 'own_only';
  readonly options: readonly Choice[];
  /** Stands as it was decided: it changes only with a reason. */
  readonly frozen: boolean;
}

/** What of the connection a sheet needs. */
export type SheetLink = Pick<Link, 'act' | 'enter' | 'positions' | 'where'>;

/** A value, by which way it came, and why where it corrects what was decided. */
interface Meant { value: Value; way: Way; reason: string }

interface Write extends Meant {
  base: number;
  /** The version the server gave it; null while it is on its way. */
  version: number | null;
  /** Written again before the answer came: goes out next, on top of it. */
  next: Meant | null;
}

export interface SheetCellRef { readonly row: string; readonly column: string }

/** What a view of the sheet hears; without cells everything may have changed. */
export interface SheetListener {
  changed(cells?: readonly SheetCellRef[]): void;
  /** False where the view does not show the cell. */
  clash(cell: SheetCellRef, clash: Clash): boolean;
  refused(cell: SheetCellRef, typed: string, message: string): boolean;
  /** What was decided is not written over without a reason. */
  unexplained(cell: SheetCellRef, what: Unexplained): boolean;
  unsaved(cells: readonly SheetCellRef[]): void;
}

export class CaseSheet {
  readonly columns: Signal<readonly ColumnInfo[]> = signal<readonly ColumnInfo[]>([]);
  readonly failed = signal(false);
  /** Answers that need a decision and that no open view could show. */
  readonly waiting = signal(0);
  readonly room: Room<SheetSnapshot>;
  readonly positions: Signal<readonly Position[]>;
  private readonly writes = new Map<string, Write>();
  private readonly listeners = new Set<SheetListener>();
  private readonly untold: ((listener: SheetListener) => boolean)[] = [];
  private before: SheetSnapshot | null = null;

  constructor(private readonly link: SheetLink, private readonly data: RoomData, readonly caseId: string) {
    this.room = link.enter(`s-${caseId}`, foldSheet);
    this.positions = link.positions(this.room.id);
    effect(() => this.follow(this.room.state.value));
  }

  get snapshot(): SheetSnapshot | null {
    return this.room.state.value;
  }

  listen(listener: SheetListener): () => void {
    this.listeners.add(listener);
    listener.unsaved(this.sending());
    const kept = this.untold.filter((tell) => !tell(listener));
    this.untold.splice(0, this.untold.length, ...kept);
    this.waiting.value = kept.length;
    return () => void this.listeners.delete(listener);
  }

  cell(row: string, column: string): CellValue {
    const held = this.room.state.peek()?.cells[cellKey(row, column)];
    const write = this.writes.get(cellKey(row, column));
    if (write !== undefined) {
      const value = write.next === null ? write.value : write.next.value;
      return { value, version: write.version ?? write.base, by: this.me };
    }
    if (held === undefined) return { value: null, version: 0 };
    return { value: held.value, version: held.version, by: `${held.agency} ${held.person}`, at: held.at, corrected: held.reason };
  }

  spec(column: ColumnInfo, ownerId: string | null): CellSpec {
    const mine = ownerId === this.data.actor.agency_id;
    const editable = column.right === 'edit' || (column.right !== 'view' && mine);
    const watching = this.data.projector || this.data.actor.role === 'observer' || this.data.actor.role === 'auditor';
    return {
      type: column.type,
      options: column.options,
      maxLength: column.max_length,
      required: column.required,
      readonly: watching || !editable,
    };
  }

  write(column: ColumnInfo, row: string, value: Value, base: number, way: Way = 'typed', reason = ''): void {
    const key = cellKey(row, column.key);
    const underWay = this.writes.get(key);
    if (underWay !== undefined && underWay.version === null) underWay.next = { value, way, reason };
    else {
      const write: Write = { value, way, reason, base, version: null, next: null };
      this.writes.set(key, write);
      void this.carry(column, row, write);
    }
    this.tell((listener) => {
      listener.changed([{ row, column: column.key }]);
      listener.unsaved(this.sending());
    });
  }

  where(row: string, column: string, editing: boolean): void {
    this.link.where(this.room.id, row, column, editing);
  }

  private get me(): string {
    return `${this.data.actor.agency} ${this.data.actor.person}`;
  }

  private async carry(column: ColumnInfo, row: string, write: Write): Promise<void> {
    const ref = { row, column: column.key };
    const key = cellKey(row, column.key);
    for (;;) {
      const answer = await this.link.act('write_cell', {
        case_id: this.caseId, ...ref, value: write.value, base_version: write.base, source: write.way, reason: write.reason,
      });
      if (!answer.ok) {
        const mine = write.next ?? write;
        this.writes.delete(key);
        this.tell((listener) => {
          listener.unsaved(this.sending());
          listener.changed([ref]);
        });
        this.turnedDown(column, ref, { ...mine, base: write.base }, answer);
        return;
      }
      const version = answer.result.version ?? write.base + 1;
      if (write.next === null) {
        write.version = version;
        this.settle();
        this.tell((listener) => listener.unsaved(this.sending()));
        return;
      }
      Object.assign(write, write.next, { base: version, next: null });
    }
  }

  /** An earlier value again: the answer is for whoever looks at the history, not for the grid. */
  async restore(column: ColumnInfo, row: string, value: Value, base: number, reason: string): Promise<Refusal | null> {
    const answer = await this.link.act('write_cell', {
      case_id: this.caseId, row, column: column.key, value, base_version: base, source: 'undo', reason,
    });
    return answer.ok ? null : answer;
  }

  private turnedDown(column: ColumnInfo, ref: SheetCellRef, meant: Meant & { base: number }, refusal: Refusal): void {
    const { value: mine, base, reason } = meant;
    if (refusal.code === 'stale_version') {
      const { value, version, agency, person, at } = refusal.detail;
      const theirsBy = `${agency ?? ''} ${person ?? ''}`.trim();
      const clash: Clash = { theirs: { value: value ?? null, version: version ?? 0, by: theirsBy, at }, theirsBy, mine };
      this.hand((listener) => listener.clash(ref, clash));
      return;
    }
    const why = refusal.fields['reason'];
    if (why !== undefined) {
      const message = reason === '' ? refusal.message : why;
      this.hand((listener) => listener.unexplained(ref, { value: mine, base, reason, message }));
      return;
    }
    const typed = editText(this.spec(column, null), mine, t);
    const message = refusal.fields['value'] ?? `${refusal.message} ${refusal.remedy}`;
    this.hand((listener) => listener.refused(ref, typed, message));
  }

  /** To the first view that shows the cell, else kept for one that will. */
  private hand(tell: (listener: SheetListener) => boolean): void {
    if ([...this.listeners].some(tell)) return;
    this.untold.push(tell);
    this.waiting.value = this.untold.length;
  }

  /** A write of mine stands in the shared picture: nothing of it needs to be kept here any more. */
  private settle(): void {
    const cells = this.room.state.peek()?.cells ?? {};
    for (const [key, write] of this.writes) {
      if (write.version !== null && (cells[key]?.version ?? 0) >= write.version) this.writes.delete(key);
    }
  }

  private follow(now: SheetSnapshot | null): void {
    const before = this.before;
    this.before = now;
    if (now === null) {
      this.tell((listener) => listener.changed());
      return;
    }
    // A new picture may come with other rights than the one before it had.
    if (before === null) void this.loadColumns();
    this.settle();
    if (before === null || before.rows !== now.rows) this.tell((listener) => listener.changed());
    else {
      const cells = Object.entries(now.cells)
        .filter(([key, cell]) => before.cells[key] !== cell)
        .map(([key]) => ({ row: key.split('|')[0] ?? '', column: key.split('|')[1] ?? '' }));
      // What a decision wrote stands from now on, and may be corrected by those who may.
      if (cells.some(({ column }) => this.columns.peek().some((one) => one.key === column && one.group === 'decision'))) {
        void this.loadColumns();
      }
      if (cells.length > 0) this.tell((listener) => listener.changed(cells));
    }
  }

  private async loadColumns(): Promise<void> {
    try {
      const response = await fetch(this.data.urls.columns.replace('CASE', this.caseId), { credentials: 'same-origin' });
      if (!response.ok) throw new Error(String(response.status));
      const { columns } = (await response.json()) as { columns: ColumnInfo[] };
      this.columns.value = columns;
      this.failed.value = false;
      this.tell((listener) => listener.changed());
    } catch {
      this.failed.value = true;
    }
  }

  retry(): void {
    void this.loadColumns();
  }

  private sending(): SheetCellRef[] {
    return [...this.writes]
      .filter(([, write]) => write.version === null)
      .map(([key]) => ({ row: key.split('|')[0] ?? '', column: key.split('|')[1] ?? '' }));
  }

  private tell(say: (listener: SheetListener) => void): void {
    for (const listener of this.listeners) say(listener);
  }
}
