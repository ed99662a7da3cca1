import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal, type Signal } from '@preact/signals';
import { cellKey, type SheetSnapshot } from '../../../static/src/live/sheet';
import type { Answer, Position } from '../../../static/src/live/types';
import { CaseSheet, type ColumnInfo, type SheetLink, type SheetListener } from '../../../static/src/room/case-sheet';
import type { RoomData } from '../../../static/src/room/data';
import { viewOf } from '../../../static/src/room/sheet-source';
import type { ConferenceSeat } from '../../../static/src/live/conference';

const column = (key: string, row_kind: string, right: ColumnInfo['right'], more: Partial<ColumnInfo> = {}): ColumnInfo => ({
  key, label: key, group: 'referral', group_label: '相談内容', type: 'longtext', row_kind, required: false, record: false, max_length: 100, right, options: [], frozen: false, ...more,
});
const COLUMNS = [
  column('wishes', 'case', 'edit'), column('policy', 'case', 'view', { group: 'support', group_label: '支援内容' }),
  column('menu', 'proposal', 'own'), column('issue', 'issue', 'edit'),
];
const DATA = {
  projector: false,
  actor: { agency_id: 'bank', agency: 'つむぎ坂信用金庫', kind: 'financial_institution', person: '田中 一郎', role: 'participant' },
  urls: { columns: '/api/cases/CASE/columns' },
} as unknown as RoomData;
const SEATS = [
  { agency_id: 'bank', name: 'つむぎ坂信用金庫', mark: '金' }, { agency_id: 'cga', name: '東京信用保証協会', mark: '保' },
] as unknown as ConferenceSeat[];
const PARTS = { seats: () => SEATS, mark: () => '保', moment: (iso: string) => iso };

globalThis.fetch = async () => new Response(JSON.stringify({ columns: COLUMNS, owners: {} }));

interface House {
  sheet: CaseSheet;
  state: Signal<SheetSnapshot | null>;
  positions: Signal<readonly Position[]>;
  sent: Record<string, unknown>[];
  answer: (answer: Answer) => Promise<void>;
  /** The entry of a write reaches this screen. */
  written: (row: string, column: string, value: string, version: number, person?: string) => void;
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

/** A sheet with one issue, at the end of a line this test holds. */
async function house(): Promise<House> {
  const state = signal<SheetSnapshot | null>({ id: 'c', rows: [{ id: 'i1', kind: 'issue', owner_id: null }], cells: {}, papers: [], on_items: {} });
  const positions = signal<readonly Position[]>([]);
  const sent: Record<string, unknown>[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  const link = {
    act: (_name: string, body: Record<string, unknown>) => {
      sent.push(body);
      return new Promise<Answer>((resolve) => waiting.push(resolve));
    },
    enter: () => ({ id: 's-c', state, gone: signal(false), onEntry: () => undefined, leave: () => undefined }),
    positions: () => positions,
    where: () => undefined,
  } as unknown as SheetLink;
  const sheet = new CaseSheet(link, DATA, 'c');
  await settled();
  return {
    sheet, state, positions, sent,
    answer: async (answer) => {
      waiting.shift()?.(answer);
      await settled();
    },
    written: (row, key, value, version, person = '鈴木 花子') => {
      const now = state.value;
      if (now === null) return;
      const cell = { value, version, person, agency: '東京信用保証協会', at: '2026-11-24T00:00:00Z', reason: '' };
      state.value = { ...now, cells: { ...now.cells, [cellKey(row, key)]: cell } };
    },
  };
}

const taken = (version: number): Answer => ({ ok: true, result: { id: 'case', cursor: 'x', version, receipt: null } });
const wishes = COLUMNS[0] as ColumnInfo;

function listening(sheet: CaseSheet): { heard: unknown[]; stop: () => void } {
  const heard: unknown[] = [];
  const listener: SheetListener = {
    changed: (cells) => heard.push(['changed', cells]),
    clash: (cell, clash) => { heard.push(['clash', cell, clash.theirs.value, clash.mine, clash.theirsBy]); return true; },
    refused: (cell, typed, message) => { heard.push(['refused', cell, typed, message]); return true; },
    unexplained: (cell, what) => { heard.push(['unexplained', cell, what]); return true; },
    unsaved: (cells) => heard.push(['unsaved', cells.length]),
  };
  return { heard, stop: sheet.listen(listener) };
}

test('my value stands at once and stays until its entry has come', async () => {
  const { sheet, sent, answer, written } = await house();
  sheet.write(wishes, 'case', '雇用を守りたい', 0);
  assert.equal(sheet.cell('case', 'wishes').value, '雇用を守りたい');
  assert.deepEqual([sent[0]?.['value'], sent[0]?.['base_version']], ['雇用を守りたい', 0]);
  await answer(taken(1));
  assert.deepEqual([sheet.cell('case', 'wishes').value, sheet.cell('case', 'wishes').version], ['雇用を守りたい', 1]);
  written('case', 'wishes', '雇用を守りたい', 1, '田中 一郎');
  assert.equal(sheet.cell('case', 'wishes').at, '2026-11-24T00:00:00Z');
});

test('writing again before the answer goes out next, on top of the first', async () => {
  const { sheet, sent, answer } = await house();
  sheet.write(wishes, 'case', '一', 0);
  sheet.write(wishes, 'case', '二', 0);
  sheet.write(wishes, 'case', '三', 0);
  assert.equal(sent.length, 1);
  assert.equal(sheet.cell('case', 'wishes').value, '三');
  await answer(taken(1));
  assert.deepEqual(sent.map((body) => [body['value'], body['base_version']]), [['一', 0], ['三', 1]]);
  await answer(taken(2));
  assert.equal(sheet.cell('case', 'wishes').version, 2);
});

test('a value another wrote first is told with both values', async () => {
  const { sheet, answer } = await house();
  const { heard } = listening(sheet);
  sheet.write(wishes, 'case', '私', 0);
  await answer({
    ok: false, code: 'stale_version', message: '', remedy: '', fields: {},
    detail: { value: '相手', version: 1, agency: '東京信用保証協会', person: '鈴木 花子', at: '2026-11-24T00:00:00Z' },
  });
  assert.deepEqual(heard.at(-1), ['clash', { row: 'case', column: 'wishes' }, '相手', '私', '東京信用保証協会 鈴木 花子']);
  assert.equal(sheet.cell('case', 'wishes').value, null);
});

test('a refusal with no view open waits for one, and is told once', async () => {
  const { sheet, answer } = await house();
  sheet.write(wishes, 'case', '長い文', 0);
  await answer({ ok: false, code: 'malformed', message: '保存できませんでした。', remedy: '', fields: { value: '100文字以内で入力してください。' }, detail: {} });
  assert.equal(sheet.waiting.value, 1);
  const { heard } = listening(sheet);
  assert.deepEqual(heard.at(-1), ['refused', { row: 'case', column: 'wishes' }, '長い文', '100文字以内で入力してください。']);
  assert.equal(sheet.waiting.value, 0);
});

test('a view hears only of what changed', async () => {
  const { sheet, state, written } = await house();
  const { heard, stop } = listening(sheet);
  written('i1', 'issue', '原価率の上昇', 1);
  assert.deepEqual(heard.at(-1), ['changed', [{ row: 'i1', column: 'issue' }]]);
  const now = state.value;
  if (now !== null) state.value = { ...now, rows: [...now.rows, { id: 'i2', kind: 'issue', owner_id: null }] };
  assert.deepEqual(heard.at(-1), ['changed', undefined]);
  const count = heard.length;
  stop();
  written('i1', 'issue', 'もう聞かない', 2);
  assert.equal(heard.length, count);
});

test('the case view has one line per item under the name of its group', async () => {
  const { sheet, written } = await house();
  const view = viewOf(sheet, PARTS, 'case');
  assert.deepEqual(view.rowIds(), ['group:referral', 'wishes', 'group:support', 'policy']);
  assert.deepEqual(view.rowIds().map((row) => view.rowLabel(row)), ['【相談内容】', 'wishes', '【支援内容】', 'policy']);
  assert.equal(view.spec('group:referral', 'value'), null);
  assert.equal(view.spec('wishes', 'value')?.readonly, false);
  assert.equal(view.spec('policy', 'value')?.readonly, true);
  written('case', 'wishes', '雇用', 3);
  assert.equal(view.cell('wishes', 'value').version, 3);
  assert.equal(view.cell('wishes', 'updated').value, '東京信用保証協会 鈴木 花子 2026-11-24T00:00:00Z');
});

test('every agency has its line of offers, and only its own can be changed', async () => {
  const { sheet, sent } = await house();
  const view = viewOf(sheet, PARTS, 'proposal');
  assert.deepEqual(view.rowIds().map((row) => [view.rowLabel(row), view.spec(row, 'menu')?.readonly]), [
    ['金 つむぎ坂信用金庫', false], ['保 東京信用保証協会', true],
  ]);
  view.write('bank', 'menu', '短期継続融資', 0, 'typed', '');
  assert.deepEqual([sent[0]?.['row'], sent[0]?.['column']], ['bank', 'menu']);
  view.write('bank', 'agency', '名前は書けない', 0, 'typed', '');
  assert.equal(sent.length, 1);
});

test('a view shows who stands in its cells, and nobody else', async () => {
  const { sheet, positions } = await house();
  const at = { editing: true, person: '鈴木 花子', agency: '東京信用保証協会', kind: 'guarantee_association' };
  positions.value = [{ row: 'case', column: 'wishes', ...at }, { row: 'cga', column: 'menu', ...at }];
  const who = (kind: 'case' | 'proposal'): unknown[] =>
    viewOf(sheet, PARTS, kind).people().map(({ row, column: key, name, mark }) => [row, key, name, mark]);
  assert.deepEqual(who('case'), [['wishes', 'value', '鈴木 花子', '保']]);
  assert.deepEqual(who('proposal'), [['cga', 'menu', '鈴木 花子', '保']]);
});

test('what was decided is kept until its reason is known, and then sent with it', async () => {
  const { sheet, sent, answer } = await house();
  const { heard } = listening(sheet);
  const refusal = (why: string): Answer => ({
    ok: false, code: 'malformed', message: '決定後の訂正には理由が必要です。', remedy: '', fields: { reason: why }, detail: {},
  });
  sheet.write(wishes, 'case', '四半期ごと', 3, 'paste');
  assert.deepEqual([sent[0]?.['source'], sent[0]?.['reason']], ['paste', '']);
  await answer(refusal('訂正の理由を入力してください。'));
  const asked = { value: '四半期ごと', base: 3, reason: '', message: '決定後の訂正には理由が必要です。' };
  assert.deepEqual(heard.at(-1), ['unexplained', { row: 'case', column: 'wishes' }, asked]);
  sheet.write(wishes, 'case', '四半期ごと', 3, 'typed', '誤記のため');
  assert.equal(sent[1]?.['reason'], '誤記のため');
  await answer(refusal('300文字以内で入力してください。'));
  const again = { ...asked, reason: '誤記のため', message: '300文字以内で入力してください。' };
  assert.deepEqual(heard.at(-1), ['unexplained', { row: 'case', column: 'wishes' }, again]);
});

test('an earlier value is put back over the version that was seen', async () => {
  const { sheet, sent, answer } = await house();
  const back = sheet.restore(wishes, 'case', '前の値', 4, '');
  assert.deepEqual([sent[0]?.['value'], sent[0]?.['base_version'], sent[0]?.['source']], ['前の値', 4, 'undo']);
  await answer(taken(5));
  assert.equal(await back, null);
});

test('a cell with a history opens it, words that only stand there have none', async () => {
  const { sheet } = await house();
  const opened: string[] = [];
  const view = viewOf(sheet, { ...PARTS, past: (info, row) => opened.push(`${row} ${info.key}`) }, 'case');
  assert.deepEqual([view.past?.('wishes', 'value'), view.past?.('wishes', 'label'), view.past?.('group:referral', 'value')], [true, false, false]);
  assert.deepEqual(opened, ['case wishes']);
  assert.equal(viewOf(sheet, PARTS, 'case').past, undefined);
});

test('what a decision writes makes the rights be asked for anew', async () => {
  const known = globalThis.fetch;
  const decided = (right: ColumnInfo['right']): ColumnInfo => column('conditions', 'case', right, { group: 'decision', frozen: right === 'edit' });
  let right: ColumnInfo['right'] = 'view';
  globalThis.fetch = async () => new Response(JSON.stringify({ columns: [...COLUMNS, decided(right)], owners: {} }));
  const { sheet, written } = await house();
  right = 'edit';
  written('case', 'wishes', '雇用', 1);
  await settled();
  assert.equal(sheet.columns.value.at(-1)?.right, 'view');
  written('case', 'conditions', '月次で共有すること', 1);
  await settled();
  assert.equal(sheet.columns.value.at(-1)?.right, 'edit');
  globalThis.fetch = known;
});
