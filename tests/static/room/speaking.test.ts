import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpeechKind } from '../../../static/src/live/speakers';
import { accounts, defaultAllowance, elapsed, heardOf, inOrder, leastHeard, silent, spokenAt, type Spoken } from '../../../static/src/live/speaking';
import cases from './speaking_cases.json';

interface Case {
  name: string;
  minutes: number;
  allowance: number | null;
  agencies: string[];
  waiting: { id: string; kind: SpeechKind; agency_id: string }[];
  speeches: Spoken[];
  present: string | null;
  expected: unknown;
}

for (const { name, minutes, allowance: set, agencies, waiting, speeches, present, expected } of cases as unknown as Case[]) {
  test(name, () => {
    const allowance = set ?? defaultAllowance(minutes, agencies.length);
    assert.deepEqual({
      allowance,
      order: inOrder(waiting, heardOf(speeches)).map((hand) => hand.id),
      accounts: Object.fromEntries(accounts(allowance, agencies, speeches)),
      silent: silent(agencies, speeches),
      suggested: leastHeard(agencies, speeches, present),
    }, expected);
  });
}

const BEGAN = '2026-11-24T05:00:00.000Z';

test('a speech is counted in whole seconds and stands still while held', () => {
  const at = (seconds: number): number => Date.parse(BEGAN) + seconds * 1000;
  assert.equal(elapsed({ seconds: 0, since: BEGAN }, at(59.9)), 59);
  assert.equal(elapsed({ seconds: 40, since: BEGAN }, at(2)), 42);
  assert.equal(elapsed({ seconds: 40, since: null }, at(3600)), 40);
  assert.equal(elapsed({ seconds: 40, since: BEGAN }, at(-5)), 40);
});

test('the speech going on is the last of those so far', () => {
  const who = { kind: 'contribution' as const, agency: '', speaker: '' };
  const list = {
    is_open: true, allowance: 60, waiting: [],
    speeches: [{ ...who, id: '1', agency_id: 'a', seconds: 5 }],
    present: { ...who, id: '2', agency_id: 'b', seconds: 10, since: BEGAN },
  };
  const seconds = spokenAt(list, Date.parse(BEGAN) + 7000).map((one) => [one.agency_id, one.seconds]);
  assert.deepEqual(seconds, [['a', 5], ['b', 17]]);
  assert.deepEqual(spokenAt({ ...list, present: null }, 0).map((one) => one.seconds), [5]);
});
