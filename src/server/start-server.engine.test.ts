// On a real socket: live changes, a port in use, closing.

import { afterEach, expect, test } from 'vitest'
import { startServer } from './start-server.ts'
import type { RunningServer } from './start-server.ts'
import { createTestStation } from './test-station.ts'

const HEADERS = { authorization: 'Bearer client-token' }
const running: RunningServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()))
})

async function start(live = {}, port = 0) {
  const station = createTestStation()
  const server = await startServer({
    station,
    host: '127.0.0.1',
    port,
    consoleFolder: '/nonexistent',
    live,
  })
  running.push(server)
  return { station, server }
}

/** Reads the stream until `count` messages or comments came. */
async function read(answer: Response, count: number): Promise<readonly string[]> {
  let text = ''
  if (answer.body === null) return []
  for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
    text += piece
    if (text.split('\n\n').length > count) break
  }
  return text.split('\n\n').slice(0, count)
}

test('sends the state at once, then the newest change, then a heartbeat', async () => {
  const { station, server } = await start({ heartbeatMs: 150, atMostEveryMs: 30 })
  const answer = await fetch(`${server.address}/api/live`, { headers: HEADERS })
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/u)
  setTimeout(() => {
    for (let events = 11; events <= 20; events++) station.say({ alerts: 2, events, sources: 1 })
  }, 5)
  expect(await read(answer, 3)).toEqual([
    'data: {"alerts":1,"events":10,"sources":1}',
    'data: {"alerts":2,"events":20,"sources":1}',
    ': ',
  ])
  await expect.poll(() => station.listeners.size).toBe(0)
})

test('stops telling a session that ended', async () => {
  const { station, server } = await start({ heartbeatMs: 50 })
  const secret = await station.auth.signIn('once')
  const answer = await fetch(`${server.address}/api/live`, {
    headers: { cookie: `vigie_session=${secret}` },
  })
  await station.auth.signOut(secret ?? '')
  expect(await answer.text()).toBe('data: {"alerts":1,"events":10,"sources":1}\n\n')
})

test('lets a bounded number of windows follow', async () => {
  const { server } = await start({ mostWatchers: 2, heartbeatMs: 50 })
  const open = await Promise.all(
    [1, 2].map(() => fetch(`${server.address}/api/live`, { headers: HEADERS })),
  )
  const third = await fetch(`${server.address}/api/live`, { headers: HEADERS })
  expect(third.status).toBe(503)
  for (const answer of open) await answer.body?.cancel()
  await expect
    .poll(async () => (await fetch(`${server.address}/api/live`, { headers: HEADERS })).status)
    .toBe(200)
})

test('a port in use is said so', async () => {
  const { server } = await start()
  const port = Number(new URL(server.address).port)
  await expect(start({}, port)).rejects.toMatchObject({
    code: 'ADDRESS_IN_USE',
    details: { listener: 'console', address: `127.0.0.1:${port}` },
  })
})

test('closes while windows follow', async () => {
  const { server } = await start()
  const answer = await fetch(`${server.address}/api/live`, { headers: HEADERS })
  await server.close()
  running.splice(0)
  await expect(answer.text()).rejects.toThrow()
  await expect(fetch(server.address)).rejects.toThrow()
})

test('refuses a name that is not its own, on the socket too', async () => {
  const { server } = await start()
  const { request } = await import('node:http')
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(server.address, { headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.statusCode),
    )
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})
