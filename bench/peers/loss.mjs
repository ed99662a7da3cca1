// What of a thing that others have seen is still there after kill -9: say it, or count what is left.
// One task comes in as JSON on standard input, one result goes out as JSON on standard output.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Line } from '../socket.mjs'

const WAIT_SECONDS = 20
const task = JSON.parse(readFileSync(0, 'utf8'))
const { port, protocol, room_id: room, item_id, tokens, count } = task
// Only where it is measured: its packages are installed for the measurement alone.
const { SharedText } = protocol === 'socket.io' ? {} : await import('./shared_text.mjs')
const MARK = /~s(\d{6})#/g
const seen = new Set()
let picture = ''

function hear(bytes) {
  for (const found of bytes.toString('latin1').matchAll(MARK)) seen.add(found[1])
}

async function enter(place) {
  if (protocol !== 'socket.io') {
    const line = new SharedText(port, protocol, room, hear, () => {})
    await line.signedIn
    picture = line.picture.toString('latin1')
    return line
  }
  const line = new Line(port, tokens[place], hear, () => {})
  await line.signedIn
  picture = await new Promise(done => line.call('join', { room }, done))
  return line
}

const sleep = seconds => new Promise(done => setTimeout(done, seconds * 1000))
await enter(0)
if (task.say) {
  const speaker = await enter(1)
  for (let at = 0; at < count; at++) {
    const text = `~s${String(at).padStart(6, '0')}#`
    speaker.call('say_remark', { item_id, text, op_id: randomBytes(16).toString('hex') }, () => {})
    await sleep(0.06)
  }
  const patience = Date.now() + WAIT_SECONDS * 1000
  while (seen.size < count && Date.now() < patience) await sleep(0.01)
} else {
  hear(Buffer.from(picture, 'latin1'))
  // y-websocket reads from its store while one is already in, and sends it after.
  await sleep(2)
}
process.stdout.write(JSON.stringify({ seen: seen.size }), () => process.exit(0))
