// The server of y-websocket with its persistence in LevelDB, as its own command starts it.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const [port, folder] = process.argv.slice(2)
process.env.YPERSISTENCE = folder
const { setupWSConnection } = await import('./node_modules/@y/websocket-server/src/utils.js')
const http = createServer((_request, response) => response.end('ok'))
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
sockets.on('connection', setupWSConnection)
http.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, one => sockets.emit('connection', one, request)),
)
http.listen(Number(port), '127.0.0.1')
