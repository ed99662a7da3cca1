/** The owner's page as it stands: the last whole picture, the line, and acts as plain requests. */
import { signal, type Signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { t } from '../i18n';
import type { Answer, Refusal } from '../live/types';
import { Forms } from '../room/forms';
import type { GuestData, GuestEnd, GuestPicture } from './data';

const RETRY_MS = 1000;

interface Dated { readonly now: string; readonly picture: GuestPicture }

export class GuestStore {
  readonly picture: Signal<GuestPicture | null> = signal<GuestPicture | null>(null);
  readonly over: Signal<GuestEnd | null> = signal<GuestEnd | null>(null);
  readonly connected = signal(false);
  readonly now: Signal<number> = signal(Date.now());
  readonly forms = new Forms((name, body) => this.send(name, body));
  private readonly socket: Socket;
  private offset = 0;

  constructor(readonly data: GuestData) {
    this.socket = io('/guest', {
      query: { c: data.shard },
      transports: ['polling', 'websocket'],
      rememberUpgrade: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 4000,
    });
    this.listen();
  }

  tick(): void {
    this.now.value = Date.now() + this.offset;
  }

  private listen(): void {
    const { socket } = this;
    socket.on('connect', () => {
      this.connected.value = true;
      socket.emit('look', {}, (answer: { ok: true; result: Dated } | Refusal) => {
        if (answer.ok) this.show(answer.result);
        else if (answer.code === 'guest_over') this.end(answer);
        else setTimeout(() => socket.disconnect().connect(), RETRY_MS);
      });
    });
    socket.on('disconnect', () => {
      this.connected.value = false;
    });
    socket.on('connect_error', (error: Error & { data?: GuestEnd }) => {
      this.connected.value = false;
      if (error.message === 'guest_over' && error.data !== undefined) this.end(error.data);
      if (error.message === 'link_required') location.assign(this.data.urls.here);
      if (error.message === 'unavailable') setTimeout(() => socket.connect(), RETRY_MS);
    });
    socket.on('picture', (dated: Dated) => this.show(dated));
    socket.on('over', (end: GuestEnd) => this.end(end));
  }

  private show({ now, picture }: Dated): void {
    this.offset = Date.parse(now) - Date.now();
    this.tick();
    const begins = this.picture.peek()?.statement != null && picture.statement === null;
    this.picture.value = picture;
    // What was read before is gone, and the new page is read from its beginning.
    if (begins) queueMicrotask(() => scrollTo(0, 0));
  }

  /** Nothing of the case stays in this page, not even in its memory. */
  private end({ message, remedy }: GuestEnd): void {
    this.picture.value = null;
    this.over.value = { message, remedy };
    this.socket.disconnect();
  }

  /** The same operation id goes out until it is answered, so that it is carried out once. */
  private async send(name: string, body: Readonly<Record<string, unknown>>): Promise<Answer> {
    const op_id = crypto.randomUUID().replaceAll('-', '');
    const { urls, csrf } = this.data;
    for (;;) {
      try {
        const response = await fetch(urls.act.replace('ACT', name), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
          body: JSON.stringify({ op_id, ...body }),
        });
        const answer = (await response.json()) as Answer;
        if (!answer.ok && answer.code === 'guest_over') this.end(answer);
        if (answer.ok || response.status < 500) return answer.ok ? answer : { ...refusal(), ...answer };
      } catch {
        if (this.over.value !== null) return refusal();
      }
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function refusal(): Refusal {
  return { ok: false, code: 'fault', message: t('送信できませんでした。'), remedy: t('画面を読み込み直してから、もう一度お試しください。'), fields: {}, detail: {} };
}
