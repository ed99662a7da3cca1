import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Forms, type Send } from '../../../static/src/room/forms';
import type { Answer } from '../../../static/src/live/types';

const DONE: Answer = { ok: true, result: { id: null, cursor: null, version: null, receipt: null } };
const REFUSED: Answer = { ok: false, code: 'malformed', message: '足りません。', remedy: '', fields: { text: '入力してください。' }, detail: {} };

/** A server that answers when it is told to. */
function slow(): { send: Send; sent: unknown[]; answer: (answer: Answer) => Promise<void> } {
  const sent: unknown[] = [];
  let resolve: (answer: Answer) => void = () => undefined;
  return {
    sent,
    send: (name, body) => {
      sent.push([name, body]);
      return new Promise((done) => { resolve = done; });
    },
    answer: async (answer) => {
      resolve(answer);
      await new Promise((done) => setTimeout(done));
    },
  };
}

test('a form is emptied only after the server took it', async () => {
  const { send, answer } = slow();
  const form = new Forms(send).form('record', { text: '' });
  form.set('text', '資金繰り表を共有する');
  const taken = form.submit('record_outcome', {});
  assert.equal(form.get('text'), '資金繰り表を共有する');
  assert.equal(form.busy.value, true);
  await answer(DONE);
  assert.equal(await taken, true);
  assert.equal(form.get('text'), '');
  assert.equal(form.busy.value, false);
});

test('a refused form keeps every word and says what is wrong', async () => {
  const { send, answer } = slow();
  const form = new Forms(send).form('record', { text: '' });
  form.set('text', '書いたこと');
  const taken = form.submit('record_outcome', {});
  await answer(REFUSED);
  assert.equal(await taken, false);
  assert.equal(form.get('text'), '書いたこと');
  assert.deepEqual(form.refusal.value?.fields, { text: '入力してください。' });
});

test('what is typed while the answer is on its way stays', async () => {
  const { send, answer } = slow();
  const form = new Forms(send).form('record', { text: '' });
  form.set('text', '一つ目');
  void form.submit('record_outcome', {});
  form.set('text', '二つ目');
  await answer(DONE);
  assert.equal(form.get('text'), '二つ目');
});

test('a form is found again with what was typed when its pane opens again', () => {
  const forms = new Forms(slow().send);
  forms.form('stance r1', { text: '' }).set('text', '途中');
  assert.equal(forms.form('stance r1', { text: '' }).get('text'), '途中');
  assert.equal(forms.form('stance r2', { text: '' }).get('text'), '');
  assert.equal(forms.touched, true);
});
