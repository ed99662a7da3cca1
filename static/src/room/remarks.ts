/** Remarks on their way: seen at once, marked until the server has them, back in the field if refused. */
import { signal, type Signal } from '@preact/signals';
import type { Remark } from '../live/remarks';
import type { Refusal } from '../live/types';
import type { Send } from './forms';

export interface Pending {
  readonly key: number;
  readonly text: string;
  /** How many remarks there were when it was said: it can only come after them. */
  readonly after: number;
}

/** The field of one lane of an item: what is being typed, what it answers and points to, what is on its way. */
export class Saying {
  readonly draft = signal('');
  readonly answers: Signal<string | null> = signal<string | null>(null);
  readonly links: Signal<readonly string[]> = signal<readonly string[]>([]);
  readonly pending: Signal<readonly Pending[]> = signal<readonly Pending[]>([]);
  readonly refusal: Signal<Refusal | null> = signal<Refusal | null>(null);
  private count = 0;

  /** `place` names the lane to the command, as it is sent with every remark. */
  constructor(private readonly command: string, private readonly place: Readonly<Record<string, string>>, private readonly send: Send) {}

  async say(after: number): Promise<void> {
    const text = this.draft.value.trim();
    if (text === '') return;
    const key = (this.count += 1);
    const answers = this.answers.value;
    const links = this.links.value;
    this.draft.value = '';
    this.answers.value = null;
    this.links.value = [];
    this.refusal.value = null;
    this.pending.value = [...this.pending.value, { key, text, after }];
    const answer = await this.send(this.command, {
      ...this.place,
      text,
      ...(answers === null ? {} : { reply_to: answers }),
      ...(links.length === 0 ? {} : { links }),
    });
    this.pending.value = this.pending.value.filter((one) => one.key !== key);
    if (answer.ok) return;
    this.refusal.value = answer;
    const typed = this.draft.value;
    this.draft.value = typed === '' ? text : `${text}\n${typed}`;
    this.answers.value ??= answers;
    this.links.value = [...new Set([...links, ...this.links.value])];
  }

  /** Those not yet among the remarks; the entry may come before the answer. */
  unseen(remarks: readonly Remark[], me: { agency_id: string; person: string }): readonly Pending[] {
    return this.pending.value.filter(
      ({ text, after }) =>
        !remarks.slice(after).some(
          (one) => one.text === text && one.agency_id === me.agency_id && one.person === me.person,
        ),
    );
  }
}
