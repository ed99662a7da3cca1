import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayDeclare, outcomeOf, type AskedOfLead, type Result } from '../../../static/src/live/verdict';
import cases from './verdict_cases.json';

interface Case { name: string; asked: AskedOfLead; verdict: unknown; may: string[] }

for (const { name, asked, verdict, may } of cases as unknown as Case[]) {
  test(name, () => {
    const found = outcomeOf(asked);
    assert.deepEqual(found, verdict);
    const results: Result[] = ['decided', 'provisional', 'continued', 'no_taker'];
    assert.deepEqual(results.filter((result) => mayDeclare(found, result)), may);
  });
}
