// The measuring side: everybody joins, some speak at set times, everybody's screen is watched.
// One task comes in as JSON on standard input, one result goes out as JSON on standard output.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Delays, now, peakMegabytes, processorOf, processorOfAll, residentMegabytes } from './figures.mjs'
import { Line } from './socket.mjs'

const AT_ONCE = 16
const WARM_SECONDS = 1
const IDLE_SECONDS = 2
const DRAIN_SECONDS = 15
const REMARK =
  '返済条件の変更について、信用金庫と保証協会で来週までに案をそろえます。粗利は前期より改善しています。'

const task = JSON.parse(readFileSync(0, 'utf8'))
// Only where it is measured: its packages are installed for the measurement alone.
const { SharedText } = task.protocol === 'socket.io' ? {} : await import('./peers/shared_text.mjs')
const lines = []
let phase = null
let cut = 0

/** What is said in one stretch of time, and who has heard what of it. */
class Phase {
  constructor(letter) {
    this.letter = letter
    this.start = Buffer.from(`~${letter}`)
    this.due = task.rooms.map(() => [])
    this.heard = lines.map(() => new Set())
    this.delays = new Delays()
    this.answers = new Delays()
    this.lag = new Delays()
    this.counts = { sent: 0, acked: 0, refused: 0, delivered: 0, doubled: 0, strayed: 0 }
    this.counts.heard = this.counts.bytes = 0
  }

  get expected() {
    return this.counts.sent * (task.people - 1)
  }

  get settled() {
    const { sent, acked, refused, delivered } = this.counts
    return delivered >= this.expected && acked + refused >= sent
  }

  speak(room, due) {
    const number = this.due[room].push(due) - 1
    const place = room * task.people + ((room + number) % task.people)
    const mark = `~${this.letter}${pad(room, 4)}${pad(place, 6)}${pad(number, 6)}#`
    const body = {
      item_id: task.rooms[room].item_id,
      text: mark + REMARK,
      op_id: randomBytes(16).toString('hex'),
    }
    this.lag.add(now() - due)
    this.counts.sent++
    lines[place].call('say_remark', body, answer => {
      if (!answer.startsWith('[{"ok":true')) this.counts.refused++
      else {
        this.counts.acked++
        this.answers.add(now() - due)
      }
    })
  }

  /** A frame may hold several entries; the speaker's own screen does not count. */
  hear(place, bytes) {
    let heard = 0
    for (let at = bytes.indexOf(this.start); at >= 0; at = bytes.indexOf(this.start, at + 1)) {
      const mark = bytes.toString('latin1', at + 2, at + 19)
      if (!/^\d{16}#$/.test(mark)) continue
      const room = Number(mark.slice(0, 4))
      const number = Number(mark.slice(10, 16))
      if (room !== Math.floor(place / task.people)) this.counts.strayed++
      else if (this.heard[place].has(number)) this.counts.doubled++
      else {
        this.heard[place].add(number)
        heard++
        if (Number(mark.slice(4, 10)) === place) continue
        this.counts.delivered++
        this.delays.add(now() - this.due[room][number])
      }
    }
    if (heard > 0) {
      this.counts.bytes += bytes.length
      this.counts.heard += heard
    }
  }
}

const pad = (number, digits) => String(number).padStart(digits, '0')
const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000))

async function join(place) {
  const room = task.rooms[Math.floor(place / task.people)]
  const token = room.tokens[place % task.people]
  const news = bytes => phase?.hear(place, bytes)
  if (task.protocol !== 'socket.io') {
    const line = new SharedText(task.port, task.protocol, room.room_id, news, () => cut++)
    lines[place] = line
    return line.signedIn
  }
  const line = new Line(task.port, token, news, () => cut++)
  lines[place] = line
  await line.signedIn
  const answer = await new Promise(done => line.call('join', { room: room.room_id }, done))
  if (!answer.startsWith('[{"ok":true')) throw new Error(`join: ${answer.slice(0, 300)}`)
}

async function everybodyJoins() {
  const begun = now()
  let next = 0
  const queue = async () => {
    while (next < task.rooms.length * task.people) await join(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, queue))
  return (now() - begun) / 1000
}

/** People speak when they like: moments in ms without a pattern, but the same in every run. */
function moments(count, seconds) {
  let state = 20261124
  const chance = () => (state = (state * 48271) % 2147483647) / 2147483647
  return Array.from({ length: count }, () => chance() * seconds * 1000).sort((a, b) => a - b)
}

/** Open loop: what is due is sent when it is due, whether or not the server keeps up. */
async function talk(letter, seconds) {
  phase = new Phase(letter)
  const due = moments(Math.round(task.rooms.length * task.rate * seconds), seconds)
  const start = now() + 20
  let next = 0
  await new Promise(done => {
    const tick = () => {
      while (next < due.length && start + due[next] <= now()) {
        phase.speak(next % task.rooms.length, start + due[next])
        next++
      }
      if (next < due.length) setTimeout(tick, 1)
      else done()
    }
    tick()
  })
  const patience = now() + DRAIN_SECONDS * 1000
  while (!phase.settled && now() < patience) await sleep(0.01)
  return { ...phase.counts, expected: phase.expected }
}

/** Processor seconds while `work` runs: the server's, ours, and everybody else's here. */
async function watched(work) {
  const before = [now(), processorOf(task.pid), process.cpuUsage(), processorOfAll()]
  const result = await work()
  const seconds = (now() - before[0]) / 1000
  const server = processorOf(task.pid) - before[1]
  const own = process.cpuUsage(before[2])
  const load = (own.user + own.system) / 1e6
  const others = Math.max(0, processorOfAll() - before[3] - server - load)
  return { result, seconds, server, load, others }
}

const alone = residentMegabytes(task.pid)
const joined = await everybodyJoins()
await talk('w', WARM_SECONDS)
phase = null
const idle = await watched(() => sleep(IDLE_SECONDS))
const crowded = residentMegabytes(task.pid)
const busy = await watched(() => talk('e', task.seconds))
const result = {
  ...busy.result,
  cut,
  joined_seconds: joined,
  busy_seconds: busy.seconds,
  cpu_seconds: busy.server,
  load_cores: busy.load / busy.seconds,
  other_cores: busy.others / busy.seconds,
  idle_cores: idle.server / idle.seconds,
  rss_idle_mb: alone,
  kb_per_socket: ((crowded - alone) * 1024) / lines.length,
  rss_peak_mb: peakMegabytes(task.pid),
  delays: phase.delays,
  answers: phase.answers,
  lag: phase.lag,
}
for (const line of lines) line.close()
process.stdout.write(JSON.stringify(result), () => process.exit(0))
