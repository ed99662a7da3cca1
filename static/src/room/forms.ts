/** What is typed and what became of it, kept apart from the screen: nothing typed goes with a pane that closes. */
import { signal, type Signal } from '@preact/signals';
import type { Answer, Refusal } from '../live/types';

/** Sends a command; resolves once it is answered, however long the line is down. */
export type Send = (name: string, body: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** One act in one place of the screen: under way, and why it was refused. */
export class Act {
  readonly busy = signal(false);
  readonly refusal: Signal<Refusal | null> = signal<Refusal | null>(null);

  constructor(private readonly send: Send) {}

  async run(name: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    this.busy.value = true;
    this.refusal.value = null;
    const answer = await this.send(name, body);
    this.busy.value = false;
    if (!answer.ok) this.refusal.value = answer;
    return answer;
  }
}

export type Values = Readonly<Record<string, string>>;

/** A form by its fields' names; emptied only after the server took it. */
export class Form extends Act {
  readonly values: Signal<Values>;
  /** Fields on the screen: what is wrong with them stands beside them. */
  readonly shown = new Set<string>();

  private atRest: Values;

  constructor(send: Send, private readonly empty: Values) {
    super(send);
    this.values = signal(empty);
    this.atRest = empty;
  }

  get(name: string): string {
    return this.values.value[name] ?? '';
  }

  set(name: string, value: string): void {
    this.values.value = { ...this.values.value, [name]: value };
  }

  /** Fill in what the server holds already: none of it is new. */
  recall(values: Values): void {
    this.values.value = values;
    this.atRest = values;
  }

  /** Something stands in it that the server does not have. */
  get touched(): boolean {
    return Object.entries(this.values.value).some(([name, value]) => value !== (this.atRest[name] ?? ''));
  }

  /** True when it was taken; otherwise everything typed is still there. */
  async submit(name: string, body: Readonly<Record<string, unknown>>): Promise<boolean> {
    const sent = this.values.value;
    const answer = await this.run(name, body);
    if (answer.ok && this.values.value === sent) this.recall(this.empty);
    return answer.ok;
  }
}

/** The forms of the room by key: one per item, round or case, found again when its pane opens again. */
export class Forms {
  private readonly forms = new Map<string, Form>();
  private readonly choices = new Map<string, Signal<string>>();

  constructor(private readonly send: Send) {}

  form(key: string, empty: Values = {}): Form {
    let found = this.forms.get(key);
    if (found === undefined) {
      found = new Form(this.send, empty);
      this.forms.set(key, found);
    }
    return found;
  }

  /** What is open or chosen on the screen: remembered alike, but nothing anybody would miss. */
  choice(key: string): Signal<string> {
    let found = this.choices.get(key);
    if (found === undefined) {
      found = signal('');
      this.choices.set(key, found);
    }
    return found;
  }

  get touched(): boolean {
    return [...this.forms.values()].some((form) => form.touched);
  }
}
