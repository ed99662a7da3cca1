import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnTo } from '../../../static/src/room/roving';
import { clockTime, dayText, timeLeft, today } from '../../../static/src/room/time';

const NOW = Date.parse('2026-11-24T15:30:00Z');

test('times are those of Japan, whatever the machine says', () => {
  assert.equal(clockTime('2026-11-24T05:14:09Z', 'ja'), '14:14');
  assert.equal(clockTime('2026-11-24T05:14:09Z', 'ja', true), '14:14:09');
  assert.equal(today(NOW), '2026-11-25');
});

test('a day reads as the office writes it', () => {
  assert.equal(dayText('2026-12-01', 'ja'), '2026年12月1日(火)');
});

test('the clock counts down, warns five minutes and one minute before the end, and counts on past zero', () => {
  const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
  assert.deepEqual(timeLeft(at(462), NOW), { text: '07:42', seconds: 462, urgency: '' });
  assert.deepEqual(timeLeft(at(300), NOW), { text: '05:00', seconds: 300, urgency: 'is-near' });
  assert.deepEqual(timeLeft(at(60), NOW), { text: '01:00', seconds: 60, urgency: 'is-soon' });
  assert.deepEqual(timeLeft(at(-65), NOW), { text: '01:05', seconds: -65, urgency: 'is-over' });
});

test('arrow keys go round a row of tabs, other keys nowhere', () => {
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'a'].map((key) => turnTo(key, 2, 3)), [0, 1, 0, 2, null]);
});
