import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { parseTsv, pasteSize, toTable, toTsv } from '../../../static/src/sheet/clipboard';

const text = (words: string) => ({ text: words, asText: true });
const figure = (words: string) => ({ text: words, asText: false });

test('a spreadsheet ends its last row with a line break, which is no further row', () => {
  deepEqual(parseTsv('a\tb\r\nc\td\r\n'), [['a', 'b'], ['c', 'd']]);
});

test('a quoted cell may hold line breaks, tabs and doubled quotes', () => {
  deepEqual(parseTsv('"一\n二\t三 ""四"""\tb\r\n'), [['一\n二\t三 "四"', 'b']]);
});

test('a quote that no cell ends with is a character', () => {
  deepEqual(parseTsv('5" pipe\t"free\r\n"a" b'), [['5" pipe', '"free'], ['"a" b']]);
});

test('empty cells and empty lines keep their places', () => {
  deepEqual(parseTsv('a\t\t\r\n\r\n\tb'), [['a', '', ''], [''], ['', 'b']]);
  deepEqual(parseTsv(''), []);
});

test('cells come back from the text they were copied as', () => {
  const rows = [['a', '一\n二'], ['"x"', 'tab\there'], ['', '▲5']];
  deepEqual(parseTsv(toTsv(rows.map((row) => row.map(text)))), rows);
});

test('the table tells a spreadsheet which cells are text and escapes what they say', () => {
  equal(toTable([[text('=1+1'), figure('-5')], [text('<b>&"'), text('一\n二')]]),
    '<meta charset="utf-8"><table>'
    + '<tr><td style="mso-number-format:\'\\@\'">=1+1</td><td>-5</td></tr>'
    + '<tr><td style="mso-number-format:\'\\@\'">&lt;b&gt;&amp;&quot;</td>'
    + '<td style="mso-number-format:\'\\@\'">一<br style="mso-data-placement:same-cell">二</td></tr></table>');
});

test('a block fills a selection that is a multiple of it, else it keeps its own size', () => {
  deepEqual(pasteSize({ rows: 1, columns: 1 }, { rows: 4, columns: 2 }), { rows: 4, columns: 2 });
  deepEqual(pasteSize({ rows: 2, columns: 1 }, { rows: 4, columns: 2 }), { rows: 4, columns: 2 });
  deepEqual(pasteSize({ rows: 3, columns: 1 }, { rows: 4, columns: 1 }), { rows: 3, columns: 1 });
  deepEqual(pasteSize({ rows: 3, columns: 2 }, { rows: 1, columns: 1 }), { rows: 3, columns: 2 });
});
