/** The live connection: one socket, any number of rooms, acts that survive a break. */
import { batch, signal, type Signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { Chain } from './chain';
import { Outbox } from './outbox';
import type { Answer, Entry, Fold, Joined, Position, Present } from './types';

export interface Status {
  readonly connected: boolean;
  readonly transport: '' | 'polling' | 'websocket';
  readonly savedAt: Date | null;
  readonly unsent: number;
  readonly signedOut: boolean;
}

export interface Room<S> {
  readonly id: string;
  readonly state: Signal<S | null>;
  /** True once this reader may no longer see the room. */
  readonly gone: Signal<boolean>;
  onEntry(listener: (entry: Entry) => void): void;
  leave(): void;
}

interface Held {
  readonly id: string;
  readonly chain: Chain<any>;
  readonly state: Signal<any>;
  readonly gone: Signal<boolean>;
  joining: boolean;
}

/** An act not answered within this time is sent again with the same operation id. */
const ANSWER_MS = 10_000;

/** A room that could not be asked for because of the pace is asked for again after this time. */
const TOO_MANY_MS = 1_500;

/** The server cannot reach its store: asked again after this time. */
const RETRY_MS = 1000;

/** Nobody is signed in, or somebody else than this page was opened by: what is unsent stays. */
const SIGNED_OUT = new Set(['sign_in_required', 'another_person']);

/** The room is not this person's to see, or not before the conference's statement is accepted. */
const CLOSED = new Set(['not_found', 'confidentiality_unaccepted']);

export class Link {
  readonly status: Signal<Status> = signal<Status>({
    connected: false,
    transport: '',
    savedAt: null,
    unsent: 0,
    signedOut: false,
  });
  readonly present: Signal<readonly Present[]> = signal<readonly Present[]>([]);
  private readonly socket: Socket;
  private readonly outbox: Outbox;
  private readonly rooms = new Map<string, Held>();
  private readonly cells = new Map<string, Signal<readonly Position[]>>();
  private offset = 0;

  /**
   * `capacity` is the membership this page was opened in; nobody else's session may use it.
   * `conference` brings all of one conference to the same node (deploy/nginx.conf).
   */
  constructor(capacity: string, conference: string) {
    this.socket = io('/live', {
      auth: { capacity },
      query: { c: conference },
      transports: ['polling', 'websocket'],
      rememberUpgrade: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 4000,
    });
    this.outbox = new Outbox(
      (name, body, answered) => this.request(name, body, answered),
      (unsent) => this.note({ unsent }),
    );
    this.listen();
  }

  /** Milliseconds by the server's clock, so that all screens agree. */
  now(): number {
    return Date.now() + this.offset;
  }

  act(name: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.outbox.act(name, body, this.socket.connected);
  }

  enter<S>(id: string, fold: Fold<S>): Room<S> {
    const listeners: ((entry: Entry) => void)[] = [];
    const state = signal<S | null>(null);
    const chain = new Chain<S>(fold, (entry) => {
      for (const listener of listeners) listener(entry);
    });
    const held: Held = { id, chain, state, gone: signal(false), joining: false };
    this.rooms.set(id, held);
    if (this.socket.connected) this.join(held);
    return {
      id,
      state,
      gone: held.gone,
      onEntry: (listener) => void listeners.push(listener),
      leave: () => this.leave(id),
    };
  }

  positions(room: string): Signal<readonly Position[]> {
    let found = this.cells.get(room);
    if (found === undefined) {
      found = signal<readonly Position[]>([]);
      this.cells.set(room, found);
    }
    return found;
  }

  where(room: string, row: string, column: string, editing: boolean): void {
    if (this.socket.connected) this.socket.emit('where', { room, row, column, editing });
  }

  /** Try again at once, for instance after signing in anew in another tab. */
  reconnect(): void {
    this.note({ signedOut: false });
    this.socket.connect();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('connect', () => {
      this.note({ connected: true, signedOut: false, transport: this.transport() });
      socket.io.engine.on('upgrade', () => this.note({ transport: this.transport() }));
      for (const held of this.rooms.values()) if (!held.gone.value) this.join(held);
      this.outbox.resend();
    });
    socket.on('disconnect', (reason) => {
      for (const held of this.rooms.values()) held.chain.forget();
      this.note({ connected: false, transport: '' });
      if (reason === 'io server disconnect') this.note({ signedOut: true });
    });
    socket.on('connect_error', (error) => {
      this.note({ connected: false, transport: '' });
      if (SIGNED_OUT.has(error.message)) this.note({ signedOut: true });
      // The library gives up after a refusal; this one passes.
      if (error.message === 'unavailable') setTimeout(() => socket.connect(), RETRY_MS);
    });
    socket.on('entries', ({ entries }: { entries: Entry[] }) => this.take(entries));
    socket.on('presence', ({ people }: { people: Present[] }) => {
      this.present.value = people;
    });
    socket.on('positions', ({ room, cells }: { room: string; cells: Position[] }) => {
      this.positions(room).value = cells;
    });
    socket.on('evicted', ({ room }: { room: string }) => this.evicted(room));
  }

  private transport(): Status['transport'] {
    return this.socket.io.engine.transport.name === 'websocket' ? 'websocket' : 'polling';
  }

  private take(entries: readonly Entry[]): void {
    batch(() => {
      for (const entry of entries) {
        const held = this.rooms.get(entry.room);
        if (held === undefined || held.gone.value) continue;
        if (held.chain.take(entry) === 'gap') this.join(held);
        else held.state.value = held.chain.state;
      }
    });
  }

  private join(held: Held): void {
    if (held.joining) return;
    held.joining = true;
    held.chain.ask();
    const asked = Date.now();
    const cursor = held.chain.place;
    this.request('join', { room: held.id, ...(cursor === null ? {} : { cursor }) }, (answer) => {
      held.joining = false;
      if (!answer.ok) {
        if (CLOSED.has(answer.code)) this.lost(held);
        // An agenda of many items is more than may be asked at one moment: the rest comes in later.
        if (answer.code === 'too_many') setTimeout(() => this.again(held), TOO_MANY_MS);
        if (answer.code === 'unavailable') setTimeout(() => this.again(held), RETRY_MS);
        return;
      }
      const joined = answer.result as unknown as Joined<unknown>;
      const arrived = Date.now();
      this.offset = Date.parse(joined.now) - (asked + arrived) / 2;
      batch(() => {
        held.chain.joined(joined);
        held.state.value = held.chain.state;
      });
    });
  }

  private again(held: Held): void {
    if (this.socket.connected && this.rooms.get(held.id) === held) this.join(held);
  }

  /** Sent out: perhaps rights only changed, so ask once more; a refusal then is final. */
  private evicted(room: string): void {
    const held = this.rooms.get(room);
    if (held === undefined) return;
    const again: Held = { ...held, chain: held.chain.anew(), joining: false };
    this.rooms.set(room, again);
    held.state.value = null;
    this.join(again);
  }

  private lost(held: Held): void {
    batch(() => {
      held.state.value = null;
      held.gone.value = true;
      this.positions(held.id).value = [];
    });
  }

  private leave(room: string): void {
    this.rooms.delete(room);
    if (this.socket.connected) this.socket.emit('leave', { room });
  }

  private request(name: string, body: object, answered: (answer: Answer) => void): void {
    this.socket.timeout(ANSWER_MS).emit(name, body, (error: Error | null, answer?: Answer) => {
      if (error === null && answer !== undefined) {
        if (answer.ok) this.note({ savedAt: new Date(this.now()) });
        answered(answer);
      } else if (this.socket.connected) {
        this.request(name, body, answered);
      } else if (name === 'join') {
        const room = (body as { room: string }).room;
        const held = this.rooms.get(room);
        if (held !== undefined) held.joining = false;
      }
    });
  }

  private note(part: Partial<Status>): void {
    this.status.value = { ...this.status.value, ...part };
  }
}
