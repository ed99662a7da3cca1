/** Who speaks next and how time is shared; the same rules as the domain's `speaking`. */
import type { PresentSpeech, SpeechKind, Speakers } from './speakers';

export interface Spoken {
  readonly kind: SpeechKind;
  readonly agency_id: string;
  readonly seconds: number;
}

/** Seconds of an agency at one item; `left` below zero is 超過. */
export interface Account {
  readonly spent: number;
  readonly gained: number;
  readonly left: number;
}

const RANK: Readonly<Record<SpeechKind, number>> = { order: 0, question: 1, contribution: 2 };

/** 議事進行 by its time alone, then 質問, then 発言; in these an agency not heard yet goes first. */
export function inOrder<H extends { readonly kind: SpeechKind; readonly agency_id: string }>(
  waiting: readonly H[],
  heard: ReadonlySet<string>,
): H[] {
  const place = ({ kind, agency_id }: H): number => RANK[kind] * 2 + (RANK[kind] > 0 && heard.has(agency_id) ? 1 : 0);
  return [...waiting].sort((a, b) => place(a) - place(b));
}

/** A point of order neither costs time nor makes an agency heard. */
const counts = ({ kind }: Spoken): boolean => kind !== 'order';

export function heardOf(speeches: readonly Spoken[]): Set<string> {
  return new Set(speeches.filter(counts).map((one) => one.agency_id));
}

export function defaultAllowance(minutes: number, agencies: number): number {
  return Math.max(30, Math.floor((minutes * 60) / Math.max(agencies, 1) / 10) * 10);
}

/** When one agency overruns by n seconds, all the others gain n; nothing gained is taken back. */
export function accounts(allowance: number, agencies: readonly string[], speeches: readonly Spoken[]): Map<string, Account> {
  const spent = new Map<string, number>();
  const over = new Map<string, number>();
  const total = (): number => [...over.values()].reduce((sum, one) => sum + one, 0);
  for (const one of speeches.filter(counts)) {
    const id = one.agency_id;
    const used = (spent.get(id) ?? 0) + one.seconds;
    const before = over.get(id) ?? 0;
    spent.set(id, used);
    over.set(id, Math.max(before, used - allowance - (total() - before)));
  }
  const sum = total();
  return new Map(agencies.map((id) => {
    const gained = sum - (over.get(id) ?? 0);
    const used = spent.get(id) ?? 0;
    return [id, { spent: used, gained, left: allowance + gained - used }];
  }));
}

/** まだ発言のない機関, in the order of the office. */
export function silent(agencies: readonly string[], speeches: readonly Spoken[]): string[] {
  const heard = heardOf(speeches);
  return agencies.filter((id) => !heard.has(id));
}

/** The agency that spoke least, but not the one that has the floor; null while nobody has spoken. */
export function leastHeard(agencies: readonly string[], speeches: readonly Spoken[], present: string | null): string | null {
  if (heardOf(speeches).size === 0) return null;
  const spent = new Map<string, number>();
  for (const one of speeches.filter(counts)) spent.set(one.agency_id, (spent.get(one.agency_id) ?? 0) + one.seconds);
  let found: string | null = null;
  for (const id of agencies) {
    if (id === present) continue;
    if (found === null || (spent.get(id) ?? 0) < (spent.get(found) ?? 0)) found = id;
  }
  return found;
}

export function elapsed({ seconds, since }: Pick<PresentSpeech, 'seconds' | 'since'>, now: number): number {
  return since === null ? seconds : seconds + Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

/** Speeches so far, with the one going on as long as it is at this moment. */
export function spokenAt({ present, speeches }: Speakers, now: number): Spoken[] {
  return present === null ? [...speeches] : [...speeches, { ...present, seconds: elapsed(present, now) }];
}
