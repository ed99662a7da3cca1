import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { foldConference, type ConferenceSnapshot } from '../../../static/src/live/conference';
import type { Entry } from '../../../static/src/live/types';

const SEAT = {
  agency_id: 'a1',
  name: 'つむぎ坂信用金庫',
  kind: 'financial_institution',
  mark: '金',
  role: 'member',
  reply: 'attend',
  attendees: '田中',
  attendance: null,
  position: 1,
} as const;
const ITEM = {
  id: 'i1',
  position: 1,
  kind: 'case',
  title: '',
  minutes: 20,
  status: 'waiting',
  started_at: null,
  ends_at: null,
  ended_at: null,
  recused: [],
  step: null,
  result: null,
} as const;
const OPEN: ConferenceSnapshot = {
  id: 'c',
  name: '第8回',
  status: 'open',
  starts_at: '2026-12-15T04:30:00.000Z',
  chair: { agency_id: 'a1', name: '佐藤' },
  seats: [SEAT],
  items: [ITEM, { ...ITEM, id: 'i2', position: 2, kind: 'report', title: '報告' }],
  opened_at: '2026-12-15T04:31:00.000Z',
  closed_at: null,
  paused: null,
  preliminary: [],
  proxies: [],
      polls: [],
};

function entry(kind: string, body: object): Entry {
  const by = { person: '鈴木', agency_id: 'a1', agency: '協会' };
  return { room: 'c-1', cursor: 'y', prev: 'x', id: 'op', kind, at: '2026-12-15T05:00:00.000Z', by, body };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

test('an item that starts runs until its planned end, and the others stay as they are', () => {
  const body = { item_id: 'i1', started_at: '2026-12-15T05:00:00.000Z', ends_at: '2026-12-15T05:20:00.000Z' };
  const after = foldConference(freeze(OPEN), entry('item_started', body));
  deepEqual(after.items[0], { ...ITEM, status: 'running', started_at: body.started_at, ends_at: body.ends_at, step: 'explanation' });
  deepEqual(after.items[1], OPEN.items[1]);
});

test('a new order gives every item its place, counted from 1', () => {
  const after = foldConference(freeze(OPEN), entry('agenda_reordered', { item_ids: ['i2', 'i1'] }));
  deepEqual(after.items.map((item) => [item.id, item.position]), [['i2', 1], ['i1', 2]]);
});

test('a new time after the invitations makes every reply open again', () => {
  const body = { name: '第8回', starts_at: '2026-12-16T04:30:00.000Z', asked_again: true };
  const after = foldConference(freeze(OPEN), entry('conference_changed', body));
  deepEqual(after.seats, [{ ...SEAT, reply: 'waiting', attendees: '' }]);
  const kept = foldConference(freeze(OPEN), entry('conference_changed', { ...body, asked_again: false }));
  deepEqual([kept.seats, kept.starts_at], [OPEN.seats, body.starts_at]);
});

test('a seat taken later stands in listing order', () => {
  const body = {
    agency_id: 'a0',
    agency_name: '東京信用保証協会',
    agency_kind: 'guarantee_association',
    agency_mark: '保',
    seat_role: 'observer',
    position: 0,
  };
  const after = foldConference(freeze(OPEN), entry('agency_invited', body));
  deepEqual(after.seats.map((seat) => [seat.agency_id, seat.reply]), [['a0', 'waiting'], ['a1', 'attend']]);
});

test('a kind this browser does not know stops the fold instead of showing half the truth', () => {
  throws(() => foldConference(OPEN, entry('conference_renamed', {})), /knows no conference_renamed/);
});
