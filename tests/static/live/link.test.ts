import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Server } from 'socket.io';
import { Link } from '../../../static/src/live/link';
import type { Fold } from '../../../static/src/live/types';

const TOO_MANY = { ok: false, code: 'too_many', message: '', remedy: '', fields: {}, detail: {} };
const follow: Fold<string> = (state) => state;

test('a room that the pace held back is asked for again and opens', { timeout: 10_000 }, async () => {
  const http = createServer();
  const server = new Server(http);
  const asked: string[] = [];
  server.of('/live').on('connection', (socket) => {
    socket.on('join', ({ room }: { room: string }, answer: (told: unknown) => void) => {
      asked.push(room);
      if (asked.length === 1) answer(TOO_MANY);
      else answer({ ok: true, result: { cursor: 'a', now: new Date().toISOString(), snapshot: 'picture' } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  Object.assign(globalThis, { location: { protocol: 'http:', hostname: '127.0.0.1', host: `127.0.0.1:${port}`, port: String(port) } });

  const link = new Link('membership', 'conference');
  const room = link.enter('i-1', follow);
  const shown = await new Promise<string>((resolve) => {
    room.state.subscribe((state) => {
      if (state !== null) resolve(state);
    });
  });

  assert.deepEqual([shown, asked, room.gone.value], ['picture', ['i-1', 'i-1'], false]);
  await server.close();
  // The link goes on trying to come back: nothing else would end this process.
  setImmediate(() => process.exit(process.exitCode ?? 0));
});
