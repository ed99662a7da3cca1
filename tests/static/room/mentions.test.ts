import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mention } from '../../../static/src/live/remarks';
import { calling, callsOn, completed, fitting, pieces, type Callable } from '../../../static/src/room/mentions';

const agency = (name: string, id = name): Callable => ({ kind: 'agency', agency_id: id, name, note: '' });
const TANAKA: Callable = { kind: 'person', agency_id: 'bank', name: '田中 一郎', note: 'つむぎ坂信用金庫' };
const KNOWN = [agency('東京信用保証協会', 'cga'), agency('つむぎ坂信用金庫', 'bank'), TANAKA];

test('what follows the sign before the caret is being called', () => {
  assert.deepEqual(calling('件名 @東京', 6), { from: 3, typed: '東京' });
  assert.deepEqual(calling('＠', 1), { from: 0, typed: '' });
  assert.equal(calling('@東京 の件', 6), null);
  assert.equal(calling('東京', 2), null);
});

test('a part of the name or of the agency is enough', () => {
  assert.deepEqual(fitting(KNOWN, '保証').map(({ name }) => name), ['東京信用保証協会']);
  assert.deepEqual(fitting(KNOWN, '田中一').map(({ name }) => name), ['田中 一郎']);
  assert.deepEqual(fitting(KNOWN, 'つむぎ').map(({ name }) => name), ['つむぎ坂信用金庫', '田中 一郎']);
});

test('the name takes the place of what was typed, and what follows stays', () => {
  assert.deepEqual(completed('まず @東 に聞く', 5, 3, '東京信用保証協会'), { text: 'まず @東京信用保証協会 に聞く', caret: 13 });
});

test('an agency is called on by its name and by its people, a person only by the own name', () => {
  const person: Mention = { kind: 'person', agency_id: 'bank', name: '田中 一郎' };
  const me = { agency_id: 'bank', person: '山本 二郎' };
  assert.equal(callsOn({ mentions: [person] }, me), false);
  assert.equal(callsOn({ mentions: [person] }, { ...me, person: '田中 一郎' }), true);
  assert.equal(callsOn({ mentions: [{ ...person, kind: 'agency' }] }, me), true);
  assert.equal(callsOn({ mentions: [{ ...person, agency_id: 'cga' }] }, { ...me, person: '田中 一郎' }), false);
});

test('only the names that were meant stand out in the text', () => {
  const meant: Mention[] = [{ kind: 'person', agency_id: 'bank', name: '田中 一郎' }];
  assert.deepEqual(pieces('@田中一郎、@誰か', meant).map(({ text, mention }) => [text, mention !== null]), [['@田中一郎', true], ['、@誰か', false]]);
  assert.deepEqual(pieces('何もない', meant).map(({ text }) => text), ['何もない']);
});
