// A participant of a shared document: every remark is one entry of a Y.Map, sent as one update.
// y-websocket and Hocuspocus speak nearly the same; Hocuspocus names the document in every message.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Wire } from '../socket.mjs'

const SYNC = 0
const ASK = 0
const ALL = 1
const UPDATE = 2
// Hocuspocus: who asks, and the kinds of message that carry a document.
const AUTH = 2
const TOKEN = 0
const SYNC_REPLY = 4

export class SharedText extends Wire {
  constructor(port, protocol, room, news, lost) {
    super(port, protocol === 'hocuspocus' ? '/' : `/${room}`, [], lost)
    this.named = protocol === 'hocuspocus'
    this.room = room
    this.news = news
    this.known = { theirs: false, ours: false }
    this.said = new Y.Doc()
    this.said.on('update', update => this.message(UPDATE, update))
  }

  opened() {
    if (this.named) {
      const auth = this.start()
      encoding.writeVarUint(auth, AUTH)
      encoding.writeVarUint(auth, TOKEN)
      encoding.writeVarString(auth, 'bench')
      encoding.writeVarString(auth, '4.7.0')
      this.sendBytes(Buffer.from(encoding.toUint8Array(auth)))
    }
    this.message(ASK, Y.encodeStateVector(new Y.Doc()))
  }

  /** Nobody answers here: what was said is known to be taken when others have it. */
  call(_event, body, answered) {
    this.said.getMap('remarks').set(body.op_id, body.text)
    answered('[{"ok":true}]')
  }

  start() {
    const message = encoding.createEncoder()
    if (this.named) encoding.writeVarString(message, this.room)
    return message
  }

  message(kind, bytes) {
    const message = this.start()
    encoding.writeVarUint(message, SYNC)
    encoding.writeVarUint(message, kind)
    encoding.writeVarUint8Array(message, bytes)
    this.sendBytes(Buffer.from(encoding.toUint8Array(message)))
  }

  takeMessage(payload) {
    const message = decoding.createDecoder(payload)
    if (this.named) decoding.readVarString(message)
    const type = decoding.readVarUint(message)
    if (type !== SYNC && !(this.named && type === SYNC_REPLY)) return
    const kind = decoding.readVarUint(message)
    if (kind === UPDATE) return this.news(payload)
    if (kind === ASK) {
      this.message(ALL, Y.encodeStateAsUpdate(new Y.Doc()))
      this.known.theirs = true
    } else if (kind === ALL) {
      this.known.ours = true
      this.picture = Buffer.from(payload)
    }
    if (this.known.theirs && this.known.ours) this.welcome()
  }
}
