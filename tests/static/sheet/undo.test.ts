import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, type CellRef, type CellValue, type Value } from '../../../static/src/sheet/types';
import { History, type Outcome } from '../../../static/src/sheet/undo';

const A = { row: 'r1', column: 'a' };
const B = { row: 'r2', column: 'b' };

/** A sheet of cells on which I and others write. */
class Sheet {
  readonly history = new History();
  private readonly cells = new Map<string, CellValue>();

  readonly look = (ref: CellRef): CellValue | null => this.cells.get(keyOf(ref.row, ref.column)) ?? null;

  set(ref: CellRef, value: Value, by: string): void {
    const version = (this.look(ref)?.version ?? 0) + 1;
    this.cells.set(keyOf(ref.row, ref.column), { value, version, by });
    this.history.observe(this.look, [ref]);
  }

  remove(ref: CellRef): void { this.cells.delete(keyOf(ref.row, ref.column)); }

  act(...changes: [CellRef, Value][]): void {
    this.history.record(changes.map(([ref, after]) => ({ ...ref, before: this.look(ref)?.value ?? null, after })));
    for (const [ref, after] of changes) this.set(ref, after, '私');
  }

  take(outcome: Outcome): Outcome {
    for (const { row, column, value } of outcome.writes ?? []) this.set({ row, column }, value, '私');
    return outcome;
  }

  undo(): Outcome { return this.take(this.history.undo(this.look)); }
  redo(): Outcome { return this.take(this.history.redo(this.look)); }
}

const sheet = (): Sheet => {
  const made = new Sheet();
  made.set(A, 'a0', '初め');
  made.set(B, 'b0', '初め');
  return made;
};
const done = (...writes: [CellRef, Value][]): Outcome =>
  ({ writes: writes.map(([ref, value]) => ({ ...ref, value })), refused: 0, refusedBy: [] });
const refused = (...by: string[]): Outcome => ({ writes: [], refused: 1, refusedBy: by });
const nothing: Outcome = { writes: null, refused: 0, refusedBy: [] };

test('acts are taken back in the reverse order and done again in order', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.act([A, 'a2']);
  deepEqual(it.undo(), done([A, 'a1']));
  deepEqual(it.undo(), done([A, 'a0']));
  deepEqual(it.undo(), nothing);
  deepEqual(it.redo(), done([A, 'a1']));
  deepEqual(it.redo(), done([A, 'a2']));
  deepEqual(it.redo(), nothing);
});

test('a block is one act', () => {
  const it = sheet();
  it.act([A, 'a1'], [B, 'b1']);
  deepEqual(it.undo(), done([A, 'a0'], [B, 'b0']));
});

test('a new act ends what could be done again', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.undo();
  it.act([B, 'b1']);
  deepEqual(it.redo(), nothing);
});

test('what another changed since is left alone and the other is named', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.set(A, 'theirs', '鈴木');
  deepEqual(it.undo(), refused('鈴木'));
  deepEqual(it.undo(), nothing);
});

test('a block is taken back where nobody else wrote', () => {
  const it = sheet();
  it.act([A, 'a1'], [B, 'b1']);
  it.set(B, 'theirs', '鈴木');
  deepEqual(it.undo(), { writes: [{ ...A, value: 'a0' }], refused: 1, refusedBy: ['鈴木'] });
  deepEqual(it.redo(), done([A, 'a1']));
});

test('another who wrote and wrote my value back has still changed the cell since', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.set(A, 'theirs', '鈴木');
  it.set(A, 'a1', '佐藤');
  deepEqual(it.undo(), refused('鈴木'));
});

test('my act upon what another wrote is taken back, the one before it is not', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.set(A, 'theirs', '鈴木');
  it.act([A, 'a2']);
  deepEqual(it.undo(), done([A, 'theirs']));
  deepEqual(it.undo(), refused('鈴木'));
});

test('what another wrote after I took back is not overwritten by doing it again', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.undo();
  it.set(A, 'theirs', '鈴木');
  deepEqual(it.redo(), refused('鈴木'));
});

test('a write the server refused leaves nothing to take back', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.act([B, 'b1']);
  it.history.forget(A);
  deepEqual(it.undo(), done([B, 'b0']));
  deepEqual(it.undo(), nothing);
});

test('a cell that is gone is left alone', () => {
  const it = sheet();
  it.act([A, 'a1']);
  it.remove(A);
  it.history.observe(it.look);
  deepEqual(it.undo(), refused());
});

test('the last two hundred acts can be taken back', () => {
  const it = sheet();
  for (let at = 1; at <= 201; at += 1) it.act([A, `a${at}`]);
  for (let at = 200; at >= 1; at -= 1) deepEqual(it.undo(), done([A, `a${at}`]));
  deepEqual(it.undo(), nothing);
});
