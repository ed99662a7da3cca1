// The peer: a plain socket.io server that keeps nothing, asks nobody, and passes on what it is told.
// It answers the same two requests and sends an entry of the same shape, so that both servers
// carry the same content over the same wire.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer((_request, response) => response.end('ok'))
const io = new Server(http, {
  pingInterval: 10_000,
  pingTimeout: 5_000,
  perMessageDeflate: false,
  httpCompression: false,
  transports: ['polling', 'websocket'],
})
const by = {
  person: '計測 00番',
  agency_id: 'a'.repeat(32),
  agency: '東京都中小企業活性化協議会',
}
const cursor = 'c'.repeat(22)
let count = 0

io.of('/live').on('connection', socket => {
  socket.on('join', ({ room }, answer) => {
    socket.join(room)
    answer({ ok: true, result: { cursor } })
  })
  socket.on('say_remark', ({ item_id, text, op_id }, answer) => {
    const id = String(++count).padStart(32, '0')
    const room = `i-${item_id}`
    const entry = {
      room,
      cursor,
      prev: cursor,
      id: op_id,
      kind: 'remark_made',
      at: new Date().toISOString(),
      by,
      body: { remark_id: id, text },
    }
    io.of('/live').to(room).emit('entries', { entries: [entry] })
    answer({ ok: true, result: { id, cursor, version: null, receipt: null } })
  })
})
http.listen(Number(process.argv[2]), '127.0.0.1')
