/**
 * Many browsers without screens: the browser's own chain, reducers and outbox over bare sockets.
 *
 * Started with one JSON argument; prints a line of JSON for every step, waits for a line of
 * standard input where the other side has something to do, and ends with what every screen shows.
 */
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Line } from '../../bench/socket.mjs';
import { Chain } from '../../static/src/live/chain';
import { foldConference } from '../../static/src/live/conference';
import { foldItem } from '../../static/src/live/item';
import { Outbox } from '../../static/src/live/outbox';

const FOLDS = { c: foldConference, i: foldItem };
const ANSWER_MS = 1500;
const AGAIN_MS = 50;

const task = JSON.parse(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Resolves once the line has been read: a long one is not cut off by the end of the program. */
const say = (step, more = {}) => new Promise((resolve) => process.stdout.write(`${JSON.stringify({ step, ...more })}\n`, resolve));
const random = numbersFrom(task.seed);

/** The same disorder in every run of one seed (mulberry32). */
function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same value with its keys in order, so that equal pictures read alike. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** What one room shows, and every entry it took since its first picture, by cursor. */
class Room {
  constructor(id) {
    this.id = id;
    this.applied = [];
    this.first = null;
    this.pictures = 0;
    this.joining = false;
    this.chain = new Chain(FOLDS[id[0]], (entry) => this.applied.push(entry.cursor));
  }

  joined(answer) {
    if (answer.snapshot !== undefined) {
      this.pictures += 1;
      this.first ??= answer.cursor;
    }
    this.chain.joined(answer);
  }

  shown() {
    return createHash('sha256').update(JSON.stringify(sorted(this.chain.state))).digest('hex');
  }
}

class Browser {
  constructor(token, disturbed = false) {
    this.token = token;
    this.disturbed = disturbed;
    this.rooms = task.rooms.map((id) => new Room(id));
    this.outbox = new Outbox((name, body, answered) => this.request(name, body, answered), () => {});
    this.line = null;
    this.away = false;
    this.held = [];
    this.asked = new Set();
    this.acts = [];
    this.backMs = [];
  }

  get online() {
    return this.line !== null;
  }

  /** Until it is in, however often the door is closed; resolves once every room is up to date. */
  async connect(began = performance.now()) {
    while (this.line === null) {
      const line = new Line(task.port, this.token, (bytes) => this.news(bytes), () => this.lost(line));
      try {
        await line.signedIn;
        this.line = line;
      } catch {
        await sleep(AGAIN_MS + random() * 250);
      }
    }
    await Promise.all(this.rooms.map((room) => this.join(room)));
    this.outbox.resend();
    this.backMs.push(performance.now() - began);
  }

  async join(room) {
    if (room.joining) return;
    room.joining = true;
    room.chain.ask();
    const cursor = room.chain.place;
    const answer = await this.call('join', { room: room.id, ...(cursor === null ? {} : { cursor }) });
    room.joining = false;
    if (answer?.ok) room.joined(answer.result);
    else if (answer?.code === 'too_many') setTimeout(() => void this.join(room), AGAIN_MS * 20);
  }

  /** The answer, or null when the line broke before it came. */
  call(event, body) {
    return new Promise((resolve) => {
      const { line } = this;
      if (line === null) return resolve(null);
      this.asked.add(resolve);
      line.call(event, body, (text) => {
        this.asked.delete(resolve);
        resolve(JSON.parse(text)[0]);
      });
    });
  }

  /** As the browser's link does: sent again when no answer comes while the line stands. */
  async request(name, body, answered) {
    const { line } = this;
    if (line === null) return;
    if (this.twin) this.twin.call(name, body, () => {});
    const answer = await Promise.race([this.call(name, body), sleep(ANSWER_MS)]);
    const forgotten = this.disturbed && random() < 0.3;
    if (answer !== null && answer !== undefined && !forgotten) answered(answer);
    else if (this.line === line) await this.request(name, body, answered);
  }

  act(name, body) {
    this.acts.push(this.outbox.act(name, body, this.online));
  }

  news(bytes) {
    const text = bytes.toString();
    const [event, message] = JSON.parse(text.slice(text.indexOf('[')));
    if (event !== 'entries') return;
    for (const entry of this.disturbed ? this.disorder(message.entries) : message.entries) this.take(entry);
  }

  /** Some entries come twice, some late: behind what came after them. */
  disorder(entries) {
    const all = [...this.held, ...entries];
    this.held = [];
    const told = [];
    for (const entry of all) {
      if (random() < 0.2) this.held.push(entry);
      else told.push(entry);
      if (random() < 0.3) told.push(entry);
    }
    return random() < 0.5 ? told.reverse() : told;
  }

  take(entry) {
    const room = this.rooms.find((one) => one.id === entry.room);
    if (room !== undefined && room.chain.take(entry) === 'gap') void this.join(room);
  }

  lost(line) {
    if (this.line !== line) return;
    this.dropped();
    if (!this.away) void this.connect();
  }

  cut() {
    this.away = true;
    this.line?.close();
    this.dropped();
  }

  dropped() {
    this.line = null;
    this.held = [];
    for (const resolve of this.asked) resolve(null);
    this.asked.clear();
    for (const room of this.rooms) {
      room.chain.forget();
      room.joining = false;
    }
  }

  async back(began) {
    this.away = false;
    await this.connect(began);
  }
}

async function talk(writers, turns, label) {
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [number, writer] of writers.entries()) {
      writer.act('say_remark', { item_id: task.item, text: `${label} ${number}-${turn}` });
    }
    await sleep(task.pace);
  }
}

/** Everything said was answered and every screen has come to rest. */
async function rest(browsers) {
  await Promise.all(browsers.flatMap((browser) => browser.acts));
  const places = () => JSON.stringify(browsers.map((one) => one.rooms.map((room) => room.chain.place)));
  for (let before = ''; before !== places();) {
    before = places();
    await sleep(1500);
    // A late entry held back for good would be noticed by the next one only.
    for (const one of browsers) if (one.disturbed) await Promise.all(one.rooms.map((room) => one.join(room)));
  }
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) };
}

const reports = (browsers) => browsers.map((one) => ({
  rooms: one.rooms.map(({ id, first, applied, pictures, ...room }) => ({ id, first, applied, pictures, shown: Room.prototype.shown.call(room) })),
}));

async function entered(tokens, disturbed = false) {
  const browsers = tokens.map((token) => new Browser(token, disturbed));
  for (let at = 0; at < browsers.length; at += 20) await Promise.all(browsers.slice(at, at + 20).map((one) => one.connect()));
  return browsers;
}

/** All cut and back at once, then the server killed and all back at once, while some go on talking. */
async function backAtOnce() {
  const browsers = await entered(task.tokens);
  const writers = browsers.slice(0, task.writers);
  const others = browsers.slice(task.writers);
  await talk(writers, 3, '前');
  for (const one of others) one.cut();
  await talk(writers, 6, '留守');
  const began = performance.now();
  const talking = talk(writers, 3, '戻り');
  await Promise.all(others.map((one) => one.back(began)));
  const cut = spread(others.map((one) => one.backMs.at(-1)));
  await talking;
  const before = browsers.map((one) => one.backMs.length);
  await say('kill');
  await lines.next();
  const restarted = performance.now();
  await talk(writers, 3, '再起動');
  while (browsers.some((one, at) => one.backMs.length === before[at])) await sleep(20);
  const killed = { all_back_ms: Math.round(performance.now() - restarted) };
  await rest(browsers);
  const [fresh] = await entered(task.tokens.slice(0, 1));
  await say('end', { cut, killed, acts: writers.reduce((sum, one) => sum + one.acts.length, 0), browsers: reports(browsers), fresh: reports([fresh])[0] });
}

/** Every act on two sockets, answers forgotten, entries twice, late and in the wrong order. */
async function inDisorder() {
  const browsers = await entered(task.tokens, true);
  for (const one of browsers) {
    one.twin = new Line(task.port, one.token, () => {}, () => {});
    await one.twin.signedIn;
  }
  await talk(browsers, task.turns, '乱');
  await rest(browsers);
  const [fresh] = await entered(task.tokens.slice(0, 1));
  await say('end', { acts: browsers.reduce((sum, one) => sum + one.acts.length, 0), browsers: reports(browsers), fresh: reports([fresh])[0] });
}

await (task.what === 'disorder' ? inDisorder() : backAtOnce());
process.exit(0);
