/** A conference from its first entry to its last: what happened when, and every room as it stood then. */
import { blankConference, blankItem, blankSheet } from '../live/blank';
import { foldConference, type ConferenceSnapshot } from '../live/conference';
import { foldItem, type ItemSnapshot } from '../live/item';
import { foldSheet, type SheetSnapshot } from '../live/sheet';
import type { Entry, Fold } from '../live/types';

export type Weight = '' | 'conference' | 'item' | 'step' | 'pause';

export interface Told {
  readonly text: string;
  /** What a person wrote. */
  readonly note: string;
  readonly weight: Weight;
}

/** An entry with its words; one without words is there for restoring alone. */
export interface ToldEntry extends Entry {
  readonly told: Told | null;
  /** False where it is no longer what was written then. */
  readonly as_told: boolean;
  /** False where it was changed until it says nothing any more. */
  readonly is_readable: boolean;
}

/** What happened at one time; everything one act did is one moment. */
export interface Moment {
  /** Also its address. */
  readonly at: string;
  readonly told: readonly (ToldEntry & { readonly told: Told })[];
  /** How many entries there are up to its end. */
  readonly end: number;
}

/** Room → its picture. */
export type Pictures = ReadonlyMap<string, unknown>;

interface Room { readonly blank: (id: string) => unknown; readonly fold: Fold<any> }

const ROOMS: Readonly<Record<string, Room>> = {
  c: { blank: blankConference, fold: foldConference },
  i: { blank: blankItem, fold: foldItem },
  s: { blank: blankSheet, fold: foldSheet },
};

/** The room's picture after one more entry; without one before, the entry is the first. One that was changed may say nothing. */
export function after(before: unknown, entry: ToldEntry): unknown {
  const room = ROOMS[entry.room[0] ?? ''];
  if (room === undefined) throw new Error(`no such room: ${entry.room}`);
  const given = before ?? room.blank(entry.room.slice(2));
  if (!entry.is_readable) return given;
  try {
    return room.fold(given, entry);
  } catch (error) {
    if (entry.as_told) throw error;
    return given;
  }
}

const RANK: Readonly<Record<string, number>> = { c: 0, i: 1, s: 2 };
/** Pictures are kept for every so many moments; those between are folded from the ones before. */
const STRIDE = 32;

/** All rooms' entries as they happened; the order of each journal stands above the clock. */
export function inOrder(entries: readonly ToldEntry[]): ToldEntry[] {
  const latest = new Map<string, string>();
  const timed = entries.map((entry, place) => {
    const before = latest.get(entry.room) ?? '';
    const at = entry.at > before ? entry.at : before;
    latest.set(entry.room, at);
    return { entry: at === entry.at ? entry : { ...entry, at }, place, rank: RANK[entry.room[0] ?? ''] ?? 9 };
  });
  timed.sort((a, b) => compared(a.entry.at, b.entry.at) || a.rank - b.rank || a.place - b.place);
  return timed.map(({ entry }) => entry);
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class Tape {
  readonly moments: readonly Moment[];
  private readonly entries: readonly ToldEntry[];
  private readonly kept = new Map<number, Pictures>();
  private last: { readonly index: number; readonly pictures: Pictures } | null = null;

  constructor(entries: readonly ToldEntry[]) {
    this.entries = inOrder(entries);
    this.moments = momentsOf(this.entries);
  }

  /** The moment an address leads to: the last one not after it, else the first. */
  indexAt(at: string): number {
    let found = 0;
    this.moments.forEach((moment, index) => {
      if (moment.at <= at) found = index;
    });
    return found;
  }

  picturesAt(index: number): Pictures {
    let from = Math.floor(index / STRIDE) * STRIDE - 1;
    while (from >= 0 && !this.kept.has(from)) from -= STRIDE;
    let pictures: Pictures = this.kept.get(from) ?? new Map();
    if (this.last !== null && this.last.index <= index && this.last.index > from) {
      from = this.last.index;
      pictures = this.last.pictures;
    }
    for (let at = from + 1; at <= index; at += 1) {
      pictures = this.through(pictures, at);
      if ((at + 1) % STRIDE === 0) this.kept.set(at, pictures);
    }
    this.last = { index, pictures };
    return pictures;
  }

  private through(before: Pictures, at: number): Pictures {
    const pictures = new Map(before);
    const { end } = this.moments[at]!;
    for (const entry of this.entries.slice(this.moments[at - 1]?.end ?? 0, end)) {
      pictures.set(entry.room, after(pictures.get(entry.room), entry));
    }
    return pictures;
  }
}

/** Entries without words belong to the next moment, or to the last one there is. */
function momentsOf(entries: readonly ToldEntry[]): Moment[] {
  const moments: { at: string; told: (ToldEntry & { told: Told })[]; end: number }[] = [];
  entries.forEach((entry, place) => {
    let now = moments.at(-1);
    if (entry.told !== null) {
      if (now?.at !== entry.at) {
        now = { at: entry.at, told: [], end: place };
        moments.push(now);
      }
      now!.told.push({ ...entry, told: entry.told });
    }
    if (now !== undefined && (now.at === entry.at || place === entries.length - 1)) now.end = place + 1;
  });
  return moments;
}

export const conferenceIn = (pictures: Pictures, id: string): ConferenceSnapshot =>
  (pictures.get(`c-${id}`) as ConferenceSnapshot | undefined) ?? blankConference(id);

export const itemIn = (pictures: Pictures, id: string): ItemSnapshot | null =>
  (pictures.get(`i-${id}`) as ItemSnapshot | undefined) ?? null;

export const sheetIn = (pictures: Pictures, caseId: string): SheetSnapshot | null =>
  (pictures.get(`s-${caseId}`) as SheetSnapshot | undefined) ?? null;
