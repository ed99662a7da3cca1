import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { CellSpec, CellType } from '../../../static/src/sheet/types';
import {
  copiesAsText, editText, fittedText, matchingChoices, readTyped, sameValue, shownText,
} from '../../../static/src/sheet/values';
import { t } from './speech';

const BANKS = [
  { value: 'regional', label: '地方銀行' }, { value: 'shinkin', label: '信用金庫' }, { value: 'coop', label: '信用組合' },
];
const spec = (type: CellType, more: Partial<CellSpec> = {}): CellSpec => ({ type, readonly: false, ...more });
const value = (of: CellSpec, typed: string): unknown => {
  const reading = readTyped(of, typed, t);
  return reading.ok ? reading.value : reading.message;
};

test('an empty text empties a cell of any kind, required ones too', () => {
  for (const type of ['text', 'longtext', 'enum', 'multi', 'date', 'money', 'int', 'pct', 'bool'] as const) {
    equal(value(spec(type, { required: true }), '　 '), null);
  }
});

test('a cell that may not change takes nothing', () => {
  equal(value(spec('text', { readonly: true }), 'a'), 'この項目は変更できません。');
  equal(value(spec('readonly'), ''), 'この項目は変更できません。');
});

test('text is kept exactly as typed, rare kanji and emoji too', () => {
  equal(value(spec('text'), '　㈱髙橋𠮷田槗①🏦 '), '㈱髙橋𠮷田槗①🏦');
});

test('a line break belongs only into long text', () => {
  equal(value(spec('text'), '一\n二'), 'この項目では改行できません。1行で入力してください。');
  equal(value(spec('text'), '一\r\n'), '一');
  equal(value(spec('longtext'), '\r\n　一\r\n二\r\n'), '　一\n二');
});

test('the length of a text counts code points as the server does', () => {
  const short = spec('text', { maxLength: 3 });
  equal(value(short, '𠮷𠮷𠮷'), '𠮷𠮷𠮷');
  equal(value(short, 'あいうえ'), '3文字以内で入力してください（現在4文字）。');
});

test('what cannot be stored is named and refused', () => {
  const told = (code: string): string => `使えない文字（U+${code}）が含まれています。その文字を消して入力し直してください。`;
  equal(value(spec('text'), 'a\ud800b'), told('D800'));
  equal(value(spec('longtext'), 'a\u0000b'), told('0000'));
  equal(value(spec('text'), 'a\u202eb'), told('202E'));
  equal(value(spec('longtext'), 'a\tb\n\uffff'), told('FFFF'));
});

test('a choice may be named by label, value or an unmistakable beginning', () => {
  const bank = spec('enum', { options: BANKS });
  equal(value(bank, '信用金庫'), 'shinkin');
  equal(value(bank, 'SHINKIN'), 'shinkin');
  equal(value(bank, '地方'), 'regional');
  equal(value(bank, '信用'), '選択肢から選んでください。');
  equal(value(bank, '公庫'), '選択肢から選んでください。');
});

test('several choices come in the order in which they are offered, each once', () => {
  const banks = spec('multi', { options: BANKS });
  deepEqual(value(banks, '信用組合、地方銀行，信用組合'), ['regional', 'coop']);
  equal(value(banks, '地方銀行、農協'), '「農協」は選択肢にありません。');
});

for (const [typed, yes] of [['はい', true], ['○', true], ['あり', true], ['１', true], ['いいえ', false], ['×', false], ['なし', false], ['0', false]] as const) {
  test(`${typed} is ${yes ? 'yes' : 'no'}`, () => equal(value(spec('bool'), typed), yes));
}

test('anything else is neither yes nor no', () => {
  equal(value(spec('bool'), '多分'), '「はい」か「いいえ」で入力してください。');
});

test('values are shown as people read them', () => {
  equal(shownText(spec('money'), -1234, t), '▲1,234');
  equal(shownText(spec('pct'), 12.34, t), '12.3%');
  equal(shownText(spec('date'), '2026-04-01', t), '2026/4/1(水)');
  equal(shownText(spec('enum', { options: BANKS }), 'coop', t), '信用組合');
  equal(shownText(spec('enum', { options: BANKS }), 'gone', t), 'gone');
  equal(shownText(spec('multi', { options: BANKS }), ['regional', 'coop'], t), '地方銀行、信用組合');
  equal(shownText(spec('bool'), false, t), 'いいえ');
  equal(shownText(spec('text'), null, t), '');
});

test('what the editor opens with reads back as the same value', () => {
  const cases: [CellSpec, Parameters<typeof editText>[1]][] = [
    [spec('money'), -1234], [spec('pct'), 12.34], [spec('date'), '2019-05-01'], [spec('int'), 7],
    [spec('enum', { options: BANKS }), 'coop'], [spec('multi', { options: BANKS }), ['regional', 'coop']],
    [spec('bool'), true], [spec('longtext'), '　一\n二'], [spec('text'), '=1+1'],
  ];
  for (const [of, stored] of cases) deepEqual(value(of, editText(of, stored, t)), stored);
});

test('figures and dates go to a spreadsheet as such, everything else as text', () => {
  deepEqual((['money', 'int', 'pct', 'date', 'text', 'enum', 'bool', 'readonly'] as const).map((type) => copiesAsText(spec(type))),
    [false, false, false, false, true, true, true, true]);
});

test('a figure or date that does not fit is never cut into another one', () => {
  equal(fittedText(spec('money'), 1234567, '1,234,567', 100), '1,234,567');
  equal(fittedText(spec('money'), 1234567, '1,234,567', 60), '####');
  equal(fittedText(spec('date'), '2026-10-15', '2026/10/15(木)', 130), '2026/10/15(木)');
  equal(fittedText(spec('date'), '2026-10-15', '2026/10/15(木)', 104), '2026/10/15');
  equal(fittedText(spec('date'), '2026-10-15', '2026/10/15(木)', 60), '####');
  equal(fittedText(spec('text'), 'long words', 'long words', 10), 'long words');
});

test('choices that begin with what was typed come before those that only contain it', () => {
  const choices = [{ value: 'a', label: '大信用' }, ...BANKS];
  deepEqual(matchingChoices(choices, '信用').map(({ label }) => label), ['信用金庫', '信用組合', '大信用']);
});

test('nothing, an empty text and an empty list are the same', () => {
  equal(sameValue(null, ''), true);
  equal(sameValue([], null), true);
  equal(sameValue(0, null), false);
  equal(sameValue(false, null), false);
  equal(sameValue(['a', 'b'], ['a', 'b']), true);
  equal(sameValue(['a', 'b'], ['b', 'a']), false);
});
