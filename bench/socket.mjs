// A participant's line: a websocket, and over it engine.io and socket.io in the namespace /live.
// Frames with news are handed over as bytes, so that listening costs the measuring side little.
import { randomBytes } from 'node:crypto'
import net from 'node:net'

const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10
const MASK = Buffer.from([7, 31, 127, 3])
const NEWS = Buffer.from('42')

function frameOf(code, payload) {
  const size = payload.length
  const wide = size < 126 ? 0 : size < 65536 ? 2 : 8
  const frame = Buffer.allocUnsafe(6 + wide + size)
  frame[0] = 0x80 | code
  frame[1] = 0x80 | (wide === 0 ? size : wide === 2 ? 126 : 127)
  if (wide === 2) frame.writeUInt16BE(size, 2)
  if (wide === 8) frame.writeBigUInt64BE(BigInt(size), 2)
  MASK.copy(frame, 2 + wide)
  const start = 6 + wide
  for (let i = 0; i < size; i++) frame[start + i] = payload[i] ^ MASK[i & 3]
  return frame
}

/** Where the payload of the frame at `at` begins and ends, or null while it is not whole. */
function bounds(bytes, at) {
  if (bytes.length - at < 2) return null
  let size = bytes[at + 1] & 127
  let from = at + 2
  if (size === 126) {
    if (bytes.length - from < 2) return null
    size = bytes.readUInt16BE(from)
    from += 2
  } else if (size === 127) {
    if (bytes.length - from < 8) return null
    size = Number(bytes.readBigUInt64BE(from))
    from += 8
  }
  return bytes.length - from < size ? null : { from, to: from + size }
}

/** A websocket without a library: what comes is handed on frame by frame. */
export class Wire {
  /** `lost` is called when the line ends unasked. */
  constructor(port, path, headers, lost) {
    this.lost = lost
    this.rest = null
    this.open = false
    this.ended = false
    this.signedIn = new Promise((resolve, reject) => {
      this.welcome = resolve
      this.refuse = reject
    })
    this.socket = net.connect({ port, host: '127.0.0.1' })
    this.socket.setNoDelay(true)
    this.socket.on('data', bytes => this.take(bytes))
    this.socket.on('error', error => this.refuse(error))
    this.socket.on('close', () => {
      this.refuse(new Error('the server ended the line'))
      if (!this.ended) this.lost()
    })
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      ...headers,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
    ]
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  }

  /** The line stands; whoever speaks a protocol over it begins here. */
  opened() {}

  close() {
    this.ended = true
    this.socket.destroy()
  }

  send(text) {
    this.socket.write(frameOf(TEXT, Buffer.from(text)))
  }

  sendBytes(bytes) {
    this.socket.write(frameOf(BINARY, bytes))
  }

  take(bytes) {
    let all = this.rest === null ? bytes : Buffer.concat([this.rest, bytes])
    this.rest = null
    if (!this.open) {
      const end = all.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = all
        return
      }
      const head = all.subarray(0, end).toString()
      if (!head.startsWith('HTTP/1.1 101')) return this.refuse(new Error(head.slice(0, 200)))
      this.open = true
      this.opened()
      all = all.subarray(end + 4)
    }
    let at = 0
    for (let frame = bounds(all, at); frame !== null; frame = bounds(all, at)) {
      this.takeFrame(all[at] & 15, all.subarray(frame.from, frame.to))
      at = frame.to
    }
    if (at < all.length) this.rest = Buffer.from(all.subarray(at))
  }

  takeFrame(code, payload) {
    if (code === PING) this.socket.write(frameOf(PONG, payload))
    else if (code === CLOSE) this.socket.end()
    else this.takeMessage(payload)
  }
}

export class Line extends Wire {
  /** `news` gets the bytes of every event frame. */
  constructor(port, token, news, lost) {
    const headers = [`Origin: http://127.0.0.1:${port}`, `Cookie: entaku_session=${token}`]
    super(port, '/socket.io/?EIO=4&transport=websocket', headers, lost)
    this.news = news
    this.waiting = new Map()
    this.next = 0
  }

  /** The answer comes as text, for whoever wants to read it. */
  call(event, body, answered) {
    const id = this.next++
    this.waiting.set(id, answered)
    this.send(`42/live,${id}${JSON.stringify([event, body])}`)
  }

  takeMessage(payload) {
    if (payload.subarray(0, 2).equals(NEWS)) return this.news(payload)
    const text = payload.toString()
    if (text[0] === '0') this.send('40/live,')
    else if (text === '2') this.send('3')
    else if (text.startsWith('40/live,')) this.welcome()
    else if (text.startsWith('44/live,')) this.refuse(new Error(text.slice(0, 200)))
    else if (text.startsWith('43/live,')) this.takeAnswer(text.slice(8))
  }

  takeAnswer(text) {
    const id = Number.parseInt(text, 10)
    const answered = this.waiting.get(id)
    this.waiting.delete(id)
    if (answered) answered(text.slice(String(id).length))
  }
}
