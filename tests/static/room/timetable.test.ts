import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast, type Table } from '../../../static/src/live/timetable';
import cases from './timetable_cases.json';

interface Expected { starts: Record<string, string>; ends_at: string; late: number }
interface Case { name: string; table: Table; now: string; forecast: Expected | null }

for (const { name, table, now, forecast: expected } of cases as unknown as Case[]) {
  test(name, () => {
    const found = forecast(table, Date.parse(now));
    const iso = (at: number): string => new Date(at).toISOString();
    assert.deepEqual(found === null ? null : {
      starts: Object.fromEntries([...found.starts].map(([id, at]) => [id, iso(at)])),
      ends_at: iso(found.endsAt),
      late: found.late,
    }, expected);
  });
}
