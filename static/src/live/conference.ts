/** The conference itself, folded from its journal: seats, agenda, who chairs. No firm is named. */
import { retaken, vacated } from './interest';
import { attendanceIn, type Attendance, type AttendanceTaken } from './attendance';
import { proxyAdded, proxyTaken, type ProxyGiven, type StandingProxy } from './proxies';
import type { CourseFacts, ItemResult, ItemStep, Pause } from './course';
import { foldPolls, type Poll } from './polls';
import type { Entry } from './types';

export type ConferenceStatus = 'planned' | 'open' | 'paused' | 'closed' | 'cancelled';
export type ItemStatus = 'waiting' | 'running' | 'done';
export type ItemKind = 'case' | 'report' | 'exchange';
export type Reply = 'waiting' | 'attend' | 'substitute' | 'written' | 'absent';
export type SeatRole = 'member' | 'observer';

export interface ConferenceSeat {
  readonly agency_id: string;
  readonly name: string;
  readonly kind: string;
  readonly mark: string;
  readonly role: SeatRole;
  readonly reply: Reply;
  readonly attendees: string;
  readonly position: number;
  readonly attendance: Attendance | null;
}

/** What was noted at the table counts; before that, what the agency announced. */
export function takesPart({ attendance, reply }: ConferenceSeat): boolean {
  return attendance === null ? ['attend', 'substitute', 'written'].includes(reply) : attendance.mode !== 'absent';
}

/** A case item has no title: whose case it is, is known in the item's own room only. */
export interface AgendaItem {
  readonly id: string;
  readonly position: number;
  readonly kind: ItemKind;
  readonly title: string;
  readonly minutes: number;
  readonly status: ItemStatus;
  readonly started_at: string | null;
  readonly ends_at: string | null;
  readonly ended_at: string | null;
  /** Agencies that are out of it for a conflict of interest. */
  readonly recused: readonly string[];
  readonly step: ItemStep | null;
  readonly result: ItemResult | null;
}

export interface ConferenceSnapshot {
  readonly id: string;
  readonly name: string;
  readonly status: ConferenceStatus;
  readonly starts_at: string;
  readonly chair: { readonly agency_id: string; readonly name: string };
  readonly seats: readonly ConferenceSeat[];
  readonly proxies: readonly StandingProxy[];
  readonly items: readonly AgendaItem[];
  readonly opened_at: string | null;
  readonly closed_at: string | null;
  readonly paused: Pause | null;
  /** Who was missing when it opened as 事前協議; nobody for an ordinary conference. */
  readonly preliminary: readonly string[];
  readonly polls: readonly Poll[];
}

type Facts = CourseFacts & {
  conference_planned: { name: string; starts_at: string; chair_agency_id: string; chair_name: string };
  conference_changed: {
    name: string;
    starts_at: string;
    minutes: number;
    place: string;
    online_url: string;
    asked_again: boolean;
  };
  conference_cancelled: { reason: string };
  agency_invited: {
    agency_id: string;
    agency_name: string;
    agency_kind: string;
    agency_mark: string;
    seat_role: SeatRole;
    position: number;
  };
  invitations_sent: { reply_by: string };
  attendance_taken: AttendanceTaken;
  confidentiality_accepted: { person_id: string; agency_id: string; version: number; at: string };
  invitation_answered: { agency_id: string; reply: Reply; attendees: string };
  item_added: { item_id: string; position: number; item_kind: ItemKind; title: string; minutes: number };
  agenda_reordered: { item_ids: readonly string[] };
  conference_opened: { chair_agency_id: string; chair_name: string; at: string; preliminary: readonly string[] };
  chair_handed_over: { chair_agency_id: string; chair_name: string };
  item_started: { item_id: string; started_at: string; ends_at: string };
  item_extended: { item_id: string; ends_at: string };
  item_ended: { item_id: string; ended_at: string; result: ItemResult };
  conference_closed: { at: string };
  conference_picture_kept: { digest: string };
  seat_vacated: { item_id: string; agency_id: string };
  seat_retaken: { item_id: string; agency_id: string };
  decision_rule_set: { rule: unknown };
  proxy_given: ProxyGiven;
  proxy_revoked: { proxy_id: string };
};

/** An entry of a conference's room, by the kind of its fact. */
type ConferenceFact = { [K in keyof Facts]: { readonly kind: K; readonly body: Facts[K] } }[keyof Facts];

/** The picture after one more entry; the one before stays as it was. */
export function foldConference(before: ConferenceSnapshot, entry: Entry): ConferenceSnapshot {
  const polls = foldPolls(before.polls, entry);
  if (polls !== null) return { ...before, polls };
  const { kind, body } = entry as ConferenceFact;
  switch (kind) {
    case 'conference_planned':
      return { ...before, name: body.name, starts_at: body.starts_at, status: 'planned', chair: chairOf(body) };
    case 'conference_changed':
      return {
        ...before,
        name: body.name,
        starts_at: body.starts_at,
        seats: body.asked_again ? before.seats.map(unanswered) : before.seats,
      };
    case 'conference_cancelled':
      return { ...before, status: 'cancelled' };
    case 'agency_invited':
      return { ...before, seats: [...before.seats, seatOf(body)].sort(inOrder((seat) => seat.agency_id)) };
    case 'invitations_sent':
    case 'confidentiality_accepted':
    case 'conference_picture_kept':
    case 'decision_rule_set':
      return before;
    case 'invitation_answered':
      return {
        ...before,
        seats: before.seats.map((seat) =>
          seat.agency_id === body.agency_id ? { ...seat, reply: body.reply, attendees: body.attendees } : seat,
        ),
      };
    case 'attendance_taken':
      return {
        ...before,
        seats: before.seats.map((seat) => (seat.agency_id === body.agency_id ? { ...seat, attendance: attendanceIn(body) } : seat)),
      };
    case 'item_added':
      return { ...before, items: [...before.items, itemOf(body)].sort(inOrder((item) => item.id)) };
    case 'agenda_reordered':
      return { ...before, items: reordered(before.items, body.item_ids) };
    case 'conference_opened':
      return { ...before, status: 'open', chair: chairOf(body), opened_at: body.at, preliminary: body.preliminary };
    case 'chair_handed_over':
      return { ...before, chair: chairOf(body) };
    case 'item_started':
      return changeItem(before, body.item_id, {
        status: 'running',
        started_at: body.started_at,
        ends_at: body.ends_at,
        step: firstStep(before, body.item_id),
      });
    case 'item_extended':
      return changeItem(before, body.item_id, { ends_at: body.ends_at });
    case 'item_ended':
      return changeItem(before, body.item_id, { status: 'done', ended_at: body.ended_at, result: body.result });
    case 'conference_closed':
      return { ...before, status: 'closed', closed_at: body.at };
    case 'seat_vacated':
      return { ...before, items: vacated(before.items, body.item_id, body.agency_id) };
    case 'seat_retaken':
      return { ...before, items: retaken(before.items, body.item_id, body.agency_id) };
    case 'proxy_given':
      return { ...before, proxies: proxyAdded(before.proxies, body) };
    case 'proxy_revoked':
      return { ...before, proxies: proxyTaken(before.proxies, body.proxy_id) };
    case 'conference_paused':
      return { ...before, status: 'paused', paused: { reason: body.reason, at: body.at, resumes_at: body.resumes_at } };
    case 'conference_resumed': {
      const going = { ...before, status: 'open' as const, paused: null };
      return body.item_id === null ? going : changeItem(going, body.item_id, { ends_at: body.ends_at });
    }
    case 'item_put_off': {
      const waiting = changeItem(before, body.item_id, { status: 'waiting', started_at: null, ends_at: null });
      return { ...waiting, items: reordered(waiting.items, body.item_ids) };
    }
    case 'step_taken':
      return changeItem(before, body.item_id, { step: body.step });
    default: {
      const unknown: never = kind;
      throw new Error(`a conference knows no ${String(unknown)}`);
    }
  }
}

function chairOf(body: { chair_agency_id: string; chair_name: string }): ConferenceSnapshot['chair'] {
  return { agency_id: body.chair_agency_id, name: body.chair_name };
}

function seatOf(body: Facts['agency_invited']): ConferenceSeat {
  return {
    agency_id: body.agency_id,
    name: body.agency_name,
    kind: body.agency_kind,
    mark: body.agency_mark,
    role: body.seat_role,
    reply: 'waiting',
    attendees: '',
    position: body.position,
    attendance: null,
  };
}

function unanswered(seat: ConferenceSeat): ConferenceSeat {
  return { ...seat, reply: 'waiting', attendees: '' };
}

function itemOf(body: Facts['item_added']): AgendaItem {
  return {
    id: body.item_id,
    position: body.position,
    kind: body.item_kind,
    title: body.title,
    minutes: body.minutes,
    status: 'waiting',
    started_at: null,
    ends_at: null,
    ended_at: null,
    recused: [],
    step: null,
    result: null,
  };
}

/** Only cases are walked through; one that was put off goes on where it stood. */
function firstStep(before: ConferenceSnapshot, id: string): ItemStep | null {
  const item = before.items.find((one) => one.id === id);
  return item?.step ?? (item?.kind === 'case' ? 'explanation' : null);
}

function changeItem(before: ConferenceSnapshot, id: string, change: Partial<AgendaItem>): ConferenceSnapshot {
  return { ...before, items: before.items.map((item) => (item.id === id ? { ...item, ...change } : item)) };
}

function reordered(items: readonly AgendaItem[], ids: readonly string[]): AgendaItem[] {
  return items
    .map((item) => ({ ...item, position: ids.indexOf(item.id) + 1 }))
    .sort(inOrder((item) => item.id));
}

/** By position as the server lists them; the id settles what should never be equal. */
function inOrder<T extends { readonly position: number }>(id: (one: T) => string): (a: T, b: T) => number {
  return (a, b) => a.position - b.position || (id(a) < id(b) ? -1 : 1);
}
