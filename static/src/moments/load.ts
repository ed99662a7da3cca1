/** Fetching the entries this reader may see, part by part. */
import type { ToldEntry } from './tape';

interface Part {
  readonly entries: readonly ToldEntry[];
  readonly next: string | null;
}

/** All entries, room by room; `came` hears how many there are so far. */
export async function load(address: string, came: (count: number) => void): Promise<ToldEntry[]> {
  const entries: ToldEntry[] = [];
  let next: string | null = null;
  do {
    const asked: string = next === null ? address : `${address}?after=${encodeURIComponent(next)}`;
    const answer: Response = await fetch(asked, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = (await answer.json()) as Part;
    entries.push(...part.entries);
    next = part.next;
    came(entries.length);
  } while (next !== null);
  return entries;
}
