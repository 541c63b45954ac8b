import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { closeNow, listenOn } from './listen.ts'

test('a server ends at once, also beside somebody who connected and says nothing', async () => {
  // Node gives a handshake two minutes, and its own way to close all connections does not know of it.
  const server = createServer({ handshakeTimeout: 120_000 })
  const port = await listenOn(server, { listener: 'test', host: '127.0.0.1', port: 0 })
  const connected = once(server, 'connection')
  const silent = connect(port, '127.0.0.1')
  silent.on('error', () => undefined)
  await connected
  const ended = once(silent, 'close')
  await closeNow(server)
  await ended
  expect(server.listening).toBe(false)
})
