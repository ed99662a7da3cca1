/** When each waiting item is expected to begin, and how late the table is; the same rule as the domain's `timetable`. */
import type { AgendaItem, ConferenceSnapshot, ConferenceStatus } from './conference';
import type { Pause } from './course';

export type Slot = Pick<AgendaItem, 'id' | 'minutes' | 'status' | 'ends_at'>;

export interface Table {
  readonly status: ConferenceStatus;
  readonly starts_at: string;
  readonly paused: Pick<Pause, 'at' | 'resumes_at'> | null;
  readonly items: readonly Slot[];
}

export interface Forecast {
  /** Item → when it is expected to begin, in milliseconds. */
  readonly starts: ReadonlyMap<string, number>;
  readonly endsAt: number;
  /** Minutes, to the nearest, behind the announced timetable, below zero when ahead of it. */
  readonly late: number;
}

const MINUTE = 60_000;
const OVER = new Set<ConferenceStatus>(['closed', 'cancelled']);

export function forecast(table: Table | ConferenceSnapshot, now: number): Forecast | null {
  if (OVER.has(table.status)) return null;
  const startsAt = Date.parse(table.starts_at);
  let at = table.status === 'planned' ? Math.max(startsAt, now) : now;
  let heldUp = 0;
  if (table.paused !== null) {
    at = Math.max(now, Date.parse(table.paused.resumes_at));
    heldUp = at - Date.parse(table.paused.at);
  }
  const running = table.items.find((item) => item.status === 'running');
  if (running?.ends_at) at = Math.max(at, Date.parse(running.ends_at) + heldUp);
  const starts = new Map<string, number>();
  for (const item of table.items) {
    if (item.status !== 'waiting') continue;
    starts.set(item.id, at);
    at += item.minutes * MINUTE;
  }
  const plannedEnd = startsAt + table.items.reduce((sum, item) => sum + item.minutes, 0) * MINUTE;
  const late = Math.floor((Math.abs(at - plannedEnd) + MINUTE / 2) / MINUTE);
  return { starts, endsAt: at, late: at < plannedEnd && late > 0 ? -late : late };
}
