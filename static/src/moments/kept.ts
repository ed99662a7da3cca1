/** 控え: what the server kept of a room, held against the room as its entries alone restore it. */
import { after, type ToldEntry } from './tape';

export interface Kept {
  readonly room: string;
  /** An entry that is itself no longer what was written, or cannot even be read, or a picture that was kept. */
  readonly what: 'entry' | 'unreadable' | 'picture';
  readonly at: string;
  readonly matches: boolean;
  /** A picture of an earlier shape, which nobody can restore any more. */
  readonly older: boolean;
}

/** What pictures are made of today, as the server counts it (its `pictures/keeping`). */
export const SHAPES: Readonly<Record<string, number>> = { item_picture_kept: 3, conference_picture_kept: 2 };

/** The one way to write a picture down, as the server does it: sorted keys, no spaces. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export async function digestOf(picture: unknown): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(picture)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every picture's digest, held against the fold of the entries before it, and every entry that was changed. */
export async function heldAgainst(entries: readonly ToldEntry[]): Promise<Kept[]> {
  const pictures = new Map<string, unknown>();
  const found: Kept[] = [];
  for (const entry of entries) {
    const before = pictures.get(entry.room);
    if (entry.kind.endsWith('_picture_kept')) {
      const older = (entry.body.shape ?? 1) !== SHAPES[entry.kind];
      const matches = older || (await digestOf(before)) === entry.body.digest;
      found.push({ room: entry.room, what: 'picture', at: entry.at, matches, older });
    }
    if (!entry.as_told) found.push({ room: entry.room, what: entry.is_readable ? 'entry' : 'unreadable', at: entry.at, matches: false, older: false });
    pictures.set(entry.room, after(before, entry));
  }
  return found;
}

/** Browsers let only secure pages compute digests. */
export const canCheck = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined;
