import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Layout } from '../../../static/src/sheet/layout';

const columns = Array.from({ length: 60 }, (_, at) => ({ id: `c${at}`, title: '', width: 100, frozen: at < 2 }));
const layout = (width: number, resized = new Map<string, number>()): Layout => new Layout(columns, resized, width, 36, 40);

test('of 10,000 rows and 60 columns only those in sight are drawn', () => {
  const it = layout(1000);
  deepEqual(it.rowsIn(36 * 5000, 720, 10_000), { from: 4994, to: 5026 });
  const shown = it.columnsIn(2000, 1000);
  equal(shown.to - shown.from <= 13, true);
  equal(shown.from <= 22 && shown.to >= 30, true);
});

test('the rows in sight end with the sheet', () => {
  deepEqual(layout(1000).rowsIn(0, 720, 3), { from: 0, to: 3 });
});

test('columns stay frozen only as long as they leave half of the window', () => {
  equal(layout(1000).frozen, 2);
  equal(layout(390).frozen, 1);
  equal(layout(190).frozen, 0);
  equal(layout(1000).frozenWidth, 200);
});

test('a changed width moves the columns behind it', () => {
  const it = layout(1000, new Map([['c1', 150]]));
  deepEqual(it.left.slice(0, 4), [0, 100, 250, 350]);
  equal(it.total, 6050);
});

test('a point is a cell: frozen columns lie over the scrolled ones', () => {
  const it = layout(1000);
  deepEqual(it.spotAt(150, 40, { left: 500, top: 0 }), { row: 0, column: 1 });
  deepEqual(it.spotAt(210, 76, { left: 500, top: 360 }), { row: 11, column: 7 });
  deepEqual(it.spotAt(-50, 0, { left: 0, top: 0 }), { row: 0, column: 0 });
  deepEqual(it.spotAt(90_000, 41, { left: 0, top: 0 }), { row: 0, column: 59 });
});

test('a cell is scrolled into sight beside the frozen columns and below the head', () => {
  const it = layout(1000);
  const window = { width: 1000, height: 400 };
  deepEqual(it.revealing({ row: 0, column: 2 }, { left: 500, top: 90 }, window), { left: 0, top: 0 });
  deepEqual(it.revealing({ row: 20, column: 12 }, { left: 0, top: 0 }, window), { left: 300, top: 396 });
  deepEqual(it.revealing({ row: 1, column: 0 }, { left: 500, top: 0 }, window), { left: 500, top: 0 });
});
