/**
 * Following a room's journal: every entry names the one before it, so that nothing is applied
 * twice and nothing is missed, although the cursors themselves say nothing about order.
 */
import type { Entry, Fold, Joined } from './types';

export type Took = 'applied' | 'known' | 'gap';

export class Chain<S> {
  private cursor: string | null = null;
  private waiting: Entry[] = [];
  private asking = false;
  private current: S | null = null;

  constructor(private readonly fold: Fold<S>, private readonly applied: (entry: Entry) => void) {}

  get state(): S | null {
    return this.current;
  }

  /** Where to go on from after a break; null before the first picture. */
  get place(): string | null {
    return this.cursor;
  }

  /** From here until the answer, what arrives may be newer than the answer: it is kept. */
  ask(): void {
    this.asking = true;
  }

  take(entry: Entry): Took {
    if (this.asking || this.cursor === null) {
      this.waiting.push(entry);
      return 'known';
    }
    if (entry.cursor === this.cursor) return 'known';
    if (entry.prev !== this.cursor) {
      this.waiting.push(entry);
      return 'gap';
    }
    this.apply(entry);
    return 'applied';
  }

  /** Put the picture, or what was missed, in place and then what had come meanwhile. */
  joined(answer: Joined<S>): void {
    this.asking = false;
    if (answer.snapshot !== undefined) {
      this.current = answer.snapshot;
      this.cursor = answer.cursor;
    }
    for (const entry of answer.entries ?? []) {
      if (entry.prev === this.cursor) this.apply(entry);
    }
    this.cursor = answer.cursor;
    const kept = this.waiting;
    this.waiting = [];
    for (const entry of kept) {
      if (entry.prev === this.cursor) this.apply(entry);
    }
  }

  /** The same reader before its first picture: nothing seen before is trusted any more. */
  anew(): Chain<S> {
    return new Chain(this.fold, this.applied);
  }

  /** The line is gone: what comes next belongs behind the next answer to joining. */
  forget(): void {
    this.waiting = [];
  }

  private apply(entry: Entry): void {
    if (this.current !== null) this.current = this.fold(this.current, entry);
    this.cursor = entry.cursor;
    this.applied(entry);
  }
}
