/**
 * Acts on their way: each is kept with its operation id until it is answered, and sent again
 * after a break. The server carries an operation out once, however often it arrives.
 */
import type { Answer } from './types';

interface Pending {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly resolve: (answer: Answer) => void;
}

/** Sends one act; the callback gets the answer. */
export type Send = (name: string, body: object, answered: (answer: Answer) => void) => void;

export function newOperationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Outbox {
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly send: Send, private readonly changed: (unsent: number) => void) {}

  get size(): number {
    return this.pending.size;
  }

  act(name: string, body: Readonly<Record<string, unknown>>, online: boolean): Promise<Answer> {
    const id = newOperationId();
    return new Promise((resolve) => {
      this.pending.set(id, { name, body: { ...body, op_id: id }, resolve });
      this.changed(this.size);
      if (online) this.dispatch(id);
    });
  }

  /** After a break: everything unanswered goes out again, in the order it was asked. */
  resend(): void {
    for (const id of this.pending.keys()) this.dispatch(id);
  }

  private dispatch(id: string): void {
    const act = this.pending.get(id);
    if (act === undefined) return;
    this.send(act.name, act.body, (answer) => this.answered(id, answer));
  }

  private answered(id: string, answer: Answer): void {
    const act = this.pending.get(id);
    if (act === undefined) return;
    // Too fast, out of reach, or signed out: not refused for what it is, so it stays and goes out again.
    if (!answer.ok && (answer.code === 'too_many' || answer.code === 'unavailable')) {
      setTimeout(() => this.dispatch(id), 1500);
      return;
    }
    if (!answer.ok && answer.code === 'sign_in_required') return;
    this.pending.delete(id);
    this.changed(this.size);
    act.resolve(answer);
  }
}
