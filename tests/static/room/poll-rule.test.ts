/** The rule of a ballot is what its form offers: what was ticked before and is offered no longer is not sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Form } from '../../../static/src/room/forms';
import { MAIN_BANK, RULE_AT_FIRST, ruleIn } from '../../../static/src/room/PollRule';

const form = (values: Readonly<Record<string, string>>): Form => {
  const made = new Form(async () => ({ ok: false }) as never, RULE_AT_FIRST);
  for (const [name, value] of Object.entries(values)) made.set(name, value);
  return made;
};

test('a mark of the item is not sent where the whole table is asked', () => {
  const ticked = form({ must_include: `${MAIN_BANK} chamber`, quorum: '50', share: '1' });
  assert.deepEqual(ruleIn(ticked, [MAIN_BANK, 'chamber'])['must_include'], [MAIN_BANK, 'chamber']);
  const { must_include, quorum, share } = ruleIn(ticked, ['secretariat', 'chamber']);
  assert.deepEqual([must_include, quorum, share], [['chamber'], '50', true]);
});

test('an empty quorum is the usual one of the conference', () => {
  assert.equal(ruleIn(form({}), [])['quorum'], null);
});
