/** My acts on cells: one value, a block pasted, filled or cleared, and taking them back. */

import { pasteSize, type CopiedCell } from './clipboard';
import type { SheetModel } from './model';
import { sizeOf, spotsOf, type Area, type Spot } from './selection';
import type { CellRef, Translate, Value, Way } from './types';
import { History, type Change, type Outcome } from './undo';
import { copiesAsText, editText, readTyped, sameValue } from './values';

interface Planned extends Change { base: number }

export class Writer {
  readonly history = new History();

  constructor(
    private readonly model: SheetModel, private readonly t: Translate,
    private readonly say: (message: string) => void, private readonly wrote: () => void,
  ) {}

  /** Writes one value over the version it was made from; a value that stands there already needs no write. */
  put(ref: CellRef, value: Value, base: number, reason = ''): void {
    const { value: before } = this.model.cellOf(ref);
    const type = this.model.specOf(ref)?.type;
    const way = type === 'enum' || type === 'multi' ? 'choice' : 'typed';
    if (!sameValue(before, value)) this.act([{ ...ref, before, after: value, base }], way, reason);
  }

  private act(changes: readonly Planned[], way: Way, reason = ''): void {
    this.history.record(changes.map(({ row, column, before, after }) => ({ row, column, before, after })));
    this.wrote();
    for (const { row, column, after, base } of changes) this.model.source.write(row, column, after, base, way, reason);
  }

  /** One change of a block, or null when the cell already holds the value. */
  private planned(ref: CellRef, value: Value): Planned | null {
    const cell = this.model.cellOf(ref);
    if (sameValue(cell.value, value)) return null;
    return { ...ref, before: cell.value, after: value, base: cell.version };
  }

  copied(area: Area): CopiedCell[][] {
    const rows: CopiedCell[][] = [];
    for (let row = area.top; row <= area.bottom; row += 1) {
      const cells: CopiedCell[] = [];
      for (let column = area.left; column <= area.right; column += 1) {
        const ref = this.model.refAt({ row, column });
        const spec = this.model.specOf(ref);
        cells.push(spec
          ? { text: editText(spec, this.model.cellOf(ref).value, this.t), asText: copiesAsText(spec) }
          : { text: '', asText: false });
      }
      rows.push(cells);
    }
    return rows;
  }

  clear(area: Area): void {
    const changes: Planned[] = [];
    let locked = 0;
    for (const spot of spotsOf(area)) {
      const ref = this.model.refAt(spot);
      if (!ref || !this.model.specOf(ref)) continue;
      if (!this.model.editable(ref)) { locked += 1; continue; }
      const change = this.planned(ref, null);
      if (change) changes.push(change);
    }
    if (changes.length > 0) {
      this.act(changes, 'typed');
      this.say(this.t('{count}個のセルを空欄にしました。', { count: String(changes.length) }));
    } else if (locked > 0) this.say(this.t('この項目は変更できません。'));
  }

  /** Puts a block of texts over the selection; what does not fit its cell is left out and named. */
  paste(rows: readonly (readonly string[])[], selected: Area): Area {
    const width = Math.max(...rows.map(({ length }) => length));
    const { rows: high, columns: wide } = pasteSize({ rows: rows.length, columns: width }, sizeOf(selected));
    const area = { ...selected, bottom: selected.top + high - 1, right: selected.left + wide - 1 };
    const textAt = ({ row, column }: Spot): string =>
      rows[(row - area.top) % rows.length]?.[(column - area.left) % width] ?? '';
    this.fill(area, textAt, (count) => this.t('{count}個のセルに貼り付けました。', { count }));
    return {
      ...area,
      bottom: Math.min(area.bottom, this.model.rows.length - 1),
      right: Math.min(area.right, this.model.columns.length - 1),
    };
  }

  /** The upper row of the selection into all rows below it. */
  fillDown(area: Area): void {
    if (area.bottom === area.top) return;
    const below = { ...area, top: area.top + 1 };
    const above = this.copied({ ...area, bottom: area.top })[0] ?? [];
    this.fill(below, ({ column }) => above[column - area.left]?.text ?? '',
      (count) => this.t('{count}個のセルに写しました。', { count }));
  }

  private fill(area: Area, textAt: (spot: Spot) => string, done: (count: string) => string): void {
    const changes: Planned[] = [];
    let taken = 0;
    let locked = 0;
    let outside = 0;
    const unfit: string[] = [];
    for (const spot of spotsOf(area)) {
      const ref = this.model.refAt(spot);
      const spec = this.model.specOf(ref);
      if (!ref) { outside += 1; continue; }
      if (!spec || !this.model.editable(ref)) { locked += 1; continue; }
      const reading = readTyped(spec, textAt(spot), this.t);
      if (!reading.ok) { unfit.push(this.t('{where}：{why}', { where: this.named(ref), why: reading.message })); continue; }
      taken += 1;
      const change = this.planned(ref, reading.value);
      if (change) changes.push(change);
    }
    if (changes.length > 0) this.act(changes, 'paste');
    this.say([done(String(taken)), ...this.leftOut(locked, outside, unfit)].join(' '));
  }

  private leftOut(locked: number, outside: number, unfit: readonly string[]): string[] {
    const { t } = this;
    const said: string[] = [];
    const [first] = unfit;
    if (first !== undefined) {
      said.push(t('{count}個は入力の形が合わないため、元のままです（{first}）。', {
        count: String(unfit.length), first,
      }));
    }
    if (locked > 0) said.push(t('{count}個は変更できない項目のため、元のままです。', { count: String(locked) }));
    if (outside > 0) said.push(t('{count}個は表からはみ出すため、貼り付けていません。', { count: String(outside) }));
    return said;
  }

  /** "株式会社テスト 売上高": a cell as people call it. */
  named(ref: CellRef): string {
    return `${this.model.source.rowLabel(ref.row)} ${this.model.title(ref.column)}`;
  }

  private readonly look = (ref: CellRef) => (this.model.specOf(ref) ? this.model.cellOf(ref) : null);

  /** Cells changed; acts of mine that somebody has written over can no longer be taken back. */
  observe(cells?: readonly CellRef[]): void {
    this.history.observe(this.look, cells);
  }

  /** Returns the first cell that changed, to show it. */
  undo(): CellRef | null {
    return this.turn(this.history.undo(this.look), this.t('元に戻しました。'), this.t('元に戻す操作はありません。'));
  }

  redo(): CellRef | null {
    return this.turn(this.history.redo(this.look), this.t('やり直しました。'), this.t('やり直す操作はありません。'));
  }

  private turn(outcome: Outcome, done: string, nothing: string): CellRef | null {
    const { writes, refused, refusedBy } = outcome;
    if (writes === null) { this.say(nothing); return null; }
    this.wrote();
    for (const { row, column, value } of writes) {
      if (!this.model.editable({ row, column })) continue;
      this.model.source.write(row, column, value, this.model.source.cell(row, column).version, 'undo', '');
    }
    const who = refusedBy.length > 0 ? refusedBy.join(this.t('、')) : this.t('他の参加者');
    const said = writes.length > 0 ? [done] : [];
    if (refused > 0) {
      said.push(this.t('その後{who}が変更したため、{count}個のセルは戻していません。', { who, count: String(refused) }));
    }
    this.say(said.join(' '));
    return writes[0] ?? null;
  }
}
