import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Remark } from '../../../static/src/live/remarks';
import type { Answer } from '../../../static/src/live/types';
import { Saying } from '../../../static/src/room/remarks';

const ME = { agency_id: 'bank', person: '田中 一郎' };
const DONE: Answer = { ok: true, result: { id: null, cursor: null, version: null, receipt: null } };
const REFUSED: Answer = { ok: false, code: 'state_forbids', message: 'この議題は進行中ではありません。', remedy: '', fields: {}, detail: {} };

const remark = (text: string, person = ME.person): Remark =>
  ({
    id: text, text, at: '2026-11-24T00:00:00Z', agency: '', agency_id: ME.agency_id, person,
    reply_to: null, mentions: [], links: [], corrected_at: null, earlier: [],
  });
const item = (...remarks: Remark[]): Remark[] => remarks;

function saying(): { said: Saying; sent: unknown[]; answer: (answer: Answer) => Promise<void> } {
  const waiting: ((answer: Answer) => void)[] = [];
  const sent: unknown[] = [];
  const said = new Saying('say_remark', { item_id: 'i' }, (name, body) => {
    sent.push([name, body]);
    return new Promise((resolve) => waiting.push(resolve));
  });
  return {
    said,
    sent,
    answer: async (answer) => {
      waiting.shift()?.(answer);
      await new Promise((done) => setTimeout(done));
    },
  };
}

test('a remark is seen at once and leaves the field', () => {
  const { said, sent } = saying();
  said.draft.value = ' 一行目\n二行目 ';
  void said.say(0);
  assert.equal(said.draft.value, '');
  assert.deepEqual(said.unseen(item(), ME).map(({ text }) => text), ['一行目\n二行目']);
  assert.deepEqual(sent, [['say_remark', { item_id: 'i', text: '一行目\n二行目' }]]);
});

test('nothing is sent where nothing was typed', () => {
  const { said, sent } = saying();
  said.draft.value = ' \n ';
  void said.say(0);
  assert.deepEqual(sent, []);
});

test('it is shown once when its entry comes before its answer', async () => {
  const { said, answer } = saying();
  said.draft.value = 'はい';
  void said.say(1);
  assert.deepEqual(said.unseen(item(remark('はい'), remark('はい')), ME), []);
  assert.equal(said.unseen(item(remark('はい')), ME).length, 1);
  assert.equal(said.unseen(item(remark('はい'), remark('はい', '山本 二郎')), ME).length, 1);
  await answer(DONE);
  assert.deepEqual(said.unseen(item(remark('はい')), ME), []);
});

test('a refused remark is back in the field, before what was typed since', async () => {
  const { said, answer } = saying();
  said.draft.value = '終わった後の発言';
  void said.say(0);
  said.draft.value = '続き';
  await answer(REFUSED);
  assert.equal(said.draft.value, '終わった後の発言\n続き');
  assert.equal(said.refusal.value?.message, 'この議題は進行中ではありません。');
  assert.deepEqual(said.unseen(item(), ME), []);
});

test('what it answers and points to goes with it, and comes back when refused', async () => {
  const { said, sent, answer } = saying();
  said.draft.value = '返信です';
  said.answers.value = 'r1';
  said.links.value = ['cell:case|wishes'];
  void said.say(0);
  assert.deepEqual(sent, [['say_remark', { item_id: 'i', text: '返信です', reply_to: 'r1', links: ['cell:case|wishes'] }]]);
  assert.deepEqual([said.answers.value, said.links.value], [null, []]);
  await answer(REFUSED);
  assert.deepEqual([said.answers.value, said.links.value], ['r1', ['cell:case|wishes']]);
});
