/** Remarks on their way: seen at once, marked until the server has them, back in the field if refused. */
import { signal, type Signal } from '@preact/signals';
import type { ItemSnapshot } from '../live/item';
import type { Refusal } from '../live/types';
import type { Send } from './forms';

export interface Pending {
  readonly key: number;
  readonly text: string;
  /** How many remarks there were when it was said: it can only come after them. */
  readonly after: number;
}

/** The field of one item: what is being typed, what is on its way, and the last refusal. */
export class Saying {
  readonly draft = signal('');
  readonly pending: Signal<readonly Pending[]> = signal<readonly Pending[]>([]);
  readonly refusal: Signal<Refusal | null> = signal<Refusal | null>(null);
  private count = 0;

  constructor(private readonly itemId: string, private readonly send: Send) {}

  async say(after: number): Promise<void> {
    const text = this.draft.value.trim();
    if (text === '') return;
    const key = (this.count += 1);
    this.draft.value = '';
    this.refusal.value = null;
    this.pending.value = [...this.pending.value, { key, text, after }];
    const answer = await this.send('say_remark', { item_id: this.itemId, text });
    this.pending.value = this.pending.value.filter((one) => one.key !== key);
    if (answer.ok) return;
    this.refusal.value = answer;
    const typed = this.draft.value;
    this.draft.value = typed === '' ? text : `${text}\n${typed}`;
  }

  /** Those not yet among the item's remarks; the entry may come before the answer. */
  unseen(item: ItemSnapshot, me: { agency_id: string; person: string }): readonly Pending[] {
    return this.pending.value.filter(
      ({ text, after }) =>
        !item.remarks.slice(after).some(
          (one) => one.text === text && one.agency_id === me.agency_id && one.person === me.person,
        ),
    );
  }
}
