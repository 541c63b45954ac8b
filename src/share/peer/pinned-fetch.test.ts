import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../core/index.ts'
import { openHubDoor } from '../hub/door.ts'
import { pinnedLink } from './pinned-fetch.ts'
import { openStationKey } from './station-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-pinned-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an answer without end is given up, and the next one is read', async () => {
  const key = await openStationKey(join(folder, 'hub'), systemClock)
  const own = await openStationKey(join(folder, 'own'), systemClock)
  const endless = 'x'.repeat(66 * 1024 * 1024)
  const door = await openHubDoor({
    host: '127.0.0.1',
    port: 0,
    key,
    answer: async ({ request: { path } }) => ({
      status: 200,
      headers: {},
      body: path === '/endless' ? endless : 'short',
    }),
    onTrouble: (cause) => {
      throw cause
    },
  })
  const address = `127.0.0.1:${door.port}`
  const { fetch, close } = pinnedLink({ address, pin: key.pin }, own)
  const response = await fetch(`https://${address}/endless`)
  await expect(response.text()).rejects.toThrow('an answer of more than 65 MiB')
  expect(await (await fetch(`https://${address}/short`)).text()).toBe('short')
  close()
  await door.close()
})
