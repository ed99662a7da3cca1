import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { SheetModel } from '../../../static/src/sheet/model';
import { presenceText } from '../../../static/src/sheet/presence';
import { areaOf, holds, jumpFrom, spotsOf } from '../../../static/src/sheet/selection';
import type { CellSpec, CellValue, SheetSource } from '../../../static/src/sheet/types';
import { t } from './speech';

class Source implements SheetSource {
  ids = ['r1', 'r2', 'r3'];
  names = ['a', 'b', 'c'];
  columns = () => this.names.map((id) => ({ id, title: id.toUpperCase(), width: 100 }));
  rowIds = () => this.ids;
  rowLabel = (row: string) => row;
  spec = (_row: string, column: string): CellSpec | null =>
    (column === 'c' ? null : { type: 'text', readonly: column === 'b' });
  cell = (row: string, column: string): CellValue => ({ value: row + column, version: 1 });
  write = () => undefined;
  where = () => undefined;
}

test('my cell is known by its ids: rows above it move it', () => {
  const source = new Source();
  const model = new SheetModel(source);
  model.select({ row: 1, column: 1 }, false);
  source.ids = ['new', 'r1', 'r2', 'r3'];
  model.reread();
  equal(model.active.row, 2);
  deepEqual(model.activeRef, { row: 'r2', column: 'b' });
});

test('columns that come or go move my cell too', () => {
  const source = new Source();
  const model = new SheetModel(source);
  model.select({ row: 0, column: 1 }, false);
  source.names = ['b', 'a'];
  model.reread();
  deepEqual([model.active.column, model.activeRef.column], [0, 'b']);
});

test('when my row is gone I stay where it was, and the selection is one cell', () => {
  const source = new Source();
  const model = new SheetModel(source);
  model.select({ row: 0, column: 0 }, false);
  model.select({ row: 2, column: 1 }, true);
  source.ids = ['r1', 'r2'];
  model.reread();
  deepEqual(model.activeRef, { row: 'r2', column: 'b' });
  deepEqual(model.area, { top: 1, bottom: 1, left: 1, right: 1 });
});

test('a sheet without rows has no cell, and gets one when rows come', () => {
  const source = new Source();
  source.ids = [];
  const model = new SheetModel(source);
  equal(model.empty, true);
  equal(model.specOf(model.activeRef), null);
  source.ids = ['r9'];
  model.reread();
  deepEqual(model.activeRef, { row: 'r9', column: 'a' });
});

test('a selection ends at the edges', () => {
  const model = new SheetModel(new Source());
  model.select({ row: 99, column: -3 }, false);
  deepEqual(model.activeRef, { row: 'r3', column: 'a' });
});

test('only a cell with a kind that is not read-only can be edited', () => {
  const model = new SheetModel(new Source());
  deepEqual(['a', 'b', 'c'].map((column) => model.editable({ row: 'r1', column })), [true, false, false]);
  equal(model.editable({ row: 'gone', column: 'a' }), false);
  deepEqual(model.cellOf({ row: 'r1', column: 'c' }), { value: null, version: 0 });
});

test('an area holds its corners, whichever was first', () => {
  const area = areaOf({ row: 3, column: 0 }, { row: 1, column: 2 });
  deepEqual(area, { top: 1, bottom: 3, left: 0, right: 2 });
  deepEqual([holds(area, 1, 0), holds(area, 3, 2), holds(area, 0, 0), holds(area, 1, 3)], [true, true, false, false]);
  equal([...spotsOf(area)].length, 9);
});

test('a jump goes to the end of the run, else to the next filled cell, else to the edge', () => {
  const line = 'xxx..x....';
  const filled = (at: number): boolean => line.charAt(at) === 'x';
  equal(jumpFrom(0, 1, line.length, filled), 2);
  equal(jumpFrom(2, 1, line.length, filled), 5);
  equal(jumpFrom(5, 1, line.length, filled), 9);
  equal(jumpFrom(9, 1, line.length, filled), 9);
  equal(jumpFrom(9, -1, line.length, filled), 5);
  equal(jumpFrom(5, -1, line.length, filled), 2);
  equal(jumpFrom(2, -1, line.length, filled), 0);
});

test('people at a cell are named with their mark, many are counted', () => {
  const person = (name: string, editing: boolean) =>
    ({ row: 'r1', column: 'a', name, mark: '金', kind: 'shinkin', editing });
  equal(presenceText([person('田中', true)], t), '金 田中（入力中）');
  equal(presenceText([person('田中', false), person('佐藤', false), person('鈴木', false)], t), '金 田中・金 佐藤 ほか1人');
});

test('people are found at their cell', () => {
  const model = new SheetModel(new Source());
  model.setPresent([{ row: 'r1', column: 'a', name: '田中', mark: '金', kind: 'shinkin', editing: false }]);
  deepEqual(model.presentAt({ row: 'r1', column: 'a' }).map(({ name }) => name), ['田中']);
  deepEqual(model.presentAt({ row: 'r1', column: 'b' }), []);
});
