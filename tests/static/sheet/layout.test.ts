import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Layout } from '../../../static/src/sheet/layout';
import { linesOf } from '../../../static/src/sheet/measure';

const columns = Array.from({ length: 60 }, (_, at) => ({ id: `c${at}`, title: '', width: 100, frozen: at < 2 }));
const measures = { windowWidth: 1000, rowHeight: 36, lineHeight: 20, headHeight: 40, scale: 1 };
const layout = (windowWidth: number, resized = new Map<string, number>()): Layout =>
  new Layout(columns, resized, { ...measures, windowWidth }, 10_000, null);
const uneven = (lines: readonly number[]): Layout => new Layout(columns, new Map(), measures, lines.length, lines);

test('of 10,000 rows and 60 columns only those in sight are drawn', () => {
  const it = layout(1000);
  deepEqual(it.rowsIn(36 * 5000, 720), { from: 4994, to: 5027 });
  const shown = it.columnsIn(2000, 1000);
  equal(shown.to - shown.from <= 13, true);
  equal(shown.from <= 22 && shown.to >= 30, true);
});

test('the rows in sight end with the sheet', () => {
  deepEqual(uneven([1, 1, 1]).rowsIn(0, 720), { from: 0, to: 3 });
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

test('rows of several lines are higher and push the others down', () => {
  const it = uneven([1, 3, 1, 2]);
  deepEqual([0, 1, 2, 3, 4].map((row) => it.top(row)), [0, 36, 112, 148, 204]);
  deepEqual([0, 1, 2, 3].map((row) => it.height(row)), [36, 76, 36, 56]);
  deepEqual([-5, 0, 35, 36, 111, 112, 203, 9999].map((y) => it.rowAt(y)), [0, 0, 0, 1, 1, 2, 3, 3]);
});

test('a row higher than the window is shown from its top', () => {
  const it = uneven([1, 9, 1]);
  deepEqual(it.revealing({ row: 1, column: 0 }, { left: 0, top: 0 }, { width: 1000, height: 140 }), { left: 0, top: 36 });
});

test('larger letters make columns wider', () => {
  equal(new Layout(columns, new Map(), { ...measures, scale: 1.375 }, 1, null).widths[0], 138);
});

test('the lines of a text follow its breaks and the width of its cell', () => {
  equal(linesOf('一行', 120, 4), 1);
  equal(linesOf('一行\n二行\n', 120, 4), 3);
  equal(linesOf('あ'.repeat(13), 17 + 15 * 6, 4), 3);
  equal(linesOf('あ'.repeat(5000), 120, 4), 4);
});
