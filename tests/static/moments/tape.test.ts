import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { canonical, digestOf, heldAgainst } from '../../../static/src/moments/kept';
import { narrower } from '../../../static/src/moments/sight';
import { conferenceIn, inOrder, itemIn, Tape, type ToldEntry } from '../../../static/src/moments/tape';

const BY = { person: '田中 一郎', agency_id: 'a1', agency: 'つむぎ坂信用金庫' };
const WORDS = { text: '発言を記録しました', note: '', weight: '' } as const;
let count = 0;

function entry(room: string, second: number, kind: string, body: object, told: ToldEntry['told'] = WORDS): ToldEntry {
  const at = new Date(Date.UTC(2026, 10, 24, 5, 0, second)).toISOString();
  count += 1;
  return { room, cursor: `k${count}`, prev: '', id: `op${count}`, kind, at, by: BY, body, told, as_told: true, is_readable: true };
}

const said = (second: number, text: string): ToldEntry =>
  entry('i-1', second, 'remark_made', { remark_id: `r${second}${text}`, text, reply_to: null, mentions: [], links: [] });

test('what one act did in several rooms is one moment, the table before its items', () => {
  const entries = [
    said(5, '一'),
    entry('c-1', 5, 'conference_opened', { chair_agency_id: 'a1', chair_name: '佐藤', at: 'x', preliminary: [] }),
    said(9, '二'),
  ];
  const { moments } = new Tape(entries);
  deepEqual(moments.map(({ told }) => told.map(({ room }) => room)), [['c-1', 'i-1'], ['i-1']]);
});

test('a clock that was put back does not turn a journal around', () => {
  const entries = inOrder([said(9, '一'), said(4, '二'), said(10, '三')]);
  deepEqual(entries.map(({ body }) => body.text), ['一', '二', '三']);
});

test('what has no words belongs to the moment behind it, and what is left to the last', () => {
  const opened = entry('i-1', 1, 'item_opened', { case: null }, null);
  const kept = entry('i-1', 9, 'item_picture_kept', { digest: '', shape: 3 }, null);
  const tape = new Tape([opened, said(5, '一'), said(7, '二'), kept]);
  deepEqual(tape.moments.map(({ end }) => end), [2, 4]);
});

test('every moment is the same by whichever way one comes to it', () => {
  const entries = Array.from({ length: 100 }, (_, second) => said(second, String(second)));
  const texts = (tape: Tape, index: number): string[] => itemIn(tape.picturesAt(index), '1')!.remarks.map(({ text }) => text);
  const walked = new Tape(entries);
  for (const index of [99, 0, 63, 64, 31, 32, 33, 98, 97, 5]) {
    const wanted = Array.from({ length: index + 1 }, (_, at) => String(at));
    deepEqual(texts(walked, index), wanted);
    deepEqual(texts(new Tape(entries), index), wanted);
  }
  equal(conferenceIn(walked.picturesAt(3), '1').status, 'planned');
});

test('an address opens the last moment not after it', () => {
  const tape = new Tape([said(5, '一'), said(7, '二')]);
  const at = (second: string): number => tape.indexAt(`2026-11-24T05:00:${second}.000Z`);
  deepEqual([at('01'), at('05'), at('06'), at('07'), at('59')], [0, 0, 0, 1, 1]);
});

test('a picture is written down as the server writes it', async () => {
  const picture = { b: [1, null, true, 'a"\\\n\u0001𠮷/'], a: { z: {}, y: [] }, 鍵: '髙' };
  equal(canonical(picture), '{"a":{"y":[],"z":{}},"b":[1,null,true,"a\\"\\\\\\n\\u0001𠮷/"],"鍵":"髙"}');
  // hashlib.sha256 of the same text, as app/store/pictures/keeping.py makes it.
  equal(await digestOf(picture), 'cefb6df539c97ea119c62fa1e4c3e3985776a7fc14c07847e5fbf17250091fcf');
});

test('a digest that does not fit, and an entry that is no longer what was written, are both told', async () => {
  const first = said(1, '一');
  const kept = entry('i-1', 2, 'item_picture_kept', { digest: 'f'.repeat(64), shape: 3 }, null);
  const found = await heldAgainst([{ ...first, as_told: false }, kept]);
  deepEqual(found.map(({ what, matches }) => [what, matches]), [['entry', false], ['picture', false]]);
});

test('an entry that says nothing any more is told, and leaves the picture as it was', async () => {
  const first = said(1, '一');
  const unreadable = { ...entry('i-1', 2, 'remark_made', {}), as_told: false, is_readable: false };
  const broken = { ...entry('i-1', 3, 'remark_corrected', { remark_id: null }), kind: 'no_such_kind', as_told: false };
  const tape = new Tape([first, unreadable, broken]);
  deepEqual(itemIn(tape.picturesAt(2), '1')!.remarks.map(({ text }) => text), ['一']);
  const found = await heldAgainst([first, unreadable, broken]);
  deepEqual(found.map(({ what, at }) => [what, at]), [['unreadable', unreadable.at], ['entry', broken.at]]);
});

test('a room out of sight and a room seen in a smaller class are a loss, a new room is none', () => {
  const before = { 'c-1': '', 's-1': 'finance,identity' };
  equal(narrower(before, before), false);
  equal(narrower({ ...before, 'i-2': '' }, before), false);
  equal(narrower({ 'c-1': '' }, before), true);
  equal(narrower({ 'c-1': '', 's-1': 'identity' }, before), true);
});
