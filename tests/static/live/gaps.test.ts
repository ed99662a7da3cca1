/** Who has to be asked before it looks as if nobody takes the case: the same rule as the domain's `gaps`. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { nobodyTakes } from '../../../static/src/live/gaps';

const said = (named: Record<string, string | null>, refused: string[] = []): any => ({
  gaps: [],
  nominations: Object.entries(named).map(([agency_id, nominee_id]) => ({ agency_id, nominee_id, reason: '', person: '', turn: 1 })),
  rounds: refused.map((nominee_id) => ({ nominee_id, accepted: false })),
});

test('nobody takes it once all who were named refused or left', () => {
  assert.equal(nobodyTakes(said({}), []), false);
  assert.equal(nobodyTakes(said({ bank: null, cga: null }), []), true);
  assert.equal(nobodyTakes(said({ bank: 'yorozu', cga: null }), []), false);
  assert.equal(nobodyTakes(said({ bank: 'yorozu' }, ['yorozu']), []), true);
  assert.equal(nobodyTakes(said({ bank: 'yorozu' }), ['yorozu']), true);
  assert.equal(nobodyTakes(said({ bank: 'yorozu' }), ['bank']), true);
});

test('what an agency named last counts, and a gap that was declared ends the suggestion', () => {
  const item = said({ bank: 'yorozu' });
  item.nominations.push({ agency_id: 'bank', nominee_id: null, turn: 2 });
  assert.equal(nobodyTakes(item, []), true);
  item.gaps.push({ round_id: null });
  assert.equal(nobodyTakes(item, []), false);
});
