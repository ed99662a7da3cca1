import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chain } from '../../../static/src/live/chain';
import type { Entry } from '../../../static/src/live/types';

const entry = (prev: string, cursor: string): Entry => ({
  room: 'i-1', cursor, prev, id: cursor, kind: 'x', at: '',
  by: { person: '', agency_id: '', agency: '' }, body: {},
});
const chain = (): Chain<string> => new Chain<string>((state, e) => state + e.cursor, () => undefined);

test('what arrives before the picture is applied after it, once', () => {
  const c = chain();
  c.ask();
  for (const e of [entry('a', 'b'), entry('b', 'c'), entry('c', 'd')]) c.take(e);
  c.joined({ cursor: 'c', now: '', snapshot: '-' });
  assert.equal(c.state, '-d');
});

test('an entry that does not follow is a gap and is kept for the answer', () => {
  const c = chain();
  c.joined({ cursor: 'a', now: '', snapshot: '-' });
  assert.equal(c.take(entry('b', 'c')), 'gap');
  c.ask();
  c.joined({ cursor: 'b', now: '', entries: [entry('a', 'b')] });
  assert.equal(c.state, '-bc');
});

test('what overtakes the answer to resuming is not lost', () => {
  const c = chain();
  c.joined({ cursor: 'a', now: '', snapshot: '-' });
  c.ask();
  assert.equal(c.take(entry('b', 'c')), 'known');
  c.joined({ cursor: 'b', now: '', entries: [entry('a', 'b')] });
  assert.equal(c.state, '-bc');
});

test('an entry that arrives twice is applied once', () => {
  const c = chain();
  c.joined({ cursor: 'a', now: '', snapshot: '-' });
  assert.equal(c.take(entry('a', 'b')), 'applied');
  assert.equal(c.take(entry('a', 'b')), 'known');
  assert.equal(c.state, '-b');
});
