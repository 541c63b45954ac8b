// Evidence as people meet it: a station that receives, a verification, a bundle that is checked without any of it.

import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freePortFlags, run, start } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-evidence-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const has = (program: string) => spawnSync(program, ['--version']).status === 0
/** The program that the documentation gives to third parties. */
const documented = () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/evidence.md'), 'utf8')
  return text.split('```python\n')[1]?.split('```')[0] ?? ''
}

test(
  'lines come in, are verified, exported, and checked by the documented program alone',
  { timeout: 240_000 },
  async () => {
    const { flags, ports } = await freePortFlags()
    const station = start(['up', '--data', data, ...flags])
    await station.until('Ctrl-C')
    const url = `http://127.0.0.1:${ports.console}`
    const vigie = (...words: string[]) => run(['evidence', ...words, '--data', data, '--url', url])
    const socket = connect(ports.syslog, '127.0.0.1')
    await once(socket, 'connect')
    socket.end(
      Array.from({ length: 300 }, (_, at) => `<13>Nov 20 10:00:00 gate1 app: é ${at}\n`).join(''),
    )
    await once(socket, 'close')

    const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
    const ask = (path: string) =>
      fetch(`${url}/api/evidence${path}`, { headers: { Authorization: `Bearer ${token}` } })
    let batch = ''
    for (let tries = 0; batch === '' && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      await vigie('checkpoint')
      const entries = await ask('/log/tile/entries/000')
      batch = /"batch":"([^"]+)"/.exec(await entries.text())?.[1] ?? ''
    }
    const signed = await vigie('checkpoint')
    const kept = join(folder, 'kept')
    writeFileSync(kept, signed.stdout)
    const verified = await vigie('verify', '--checkpoint', kept, '--json')
    expect(verified.code).toBe(0)
    expect(JSON.parse(verified.stdout)).toMatchObject({ state: 'done', lines: 300, flawCount: 0 })

    const bundle = join(folder, 'bundle.json')
    const exported = await vigie('export', '--event', `${batch}:7`, '--out', bundle)
    expect(exported.code).toBe(0)
    const { key } = (await (await ask('')).json()) as { key: string }
    station.signal('SIGTERM')
    await station.ended

    const checked = await run(['evidence', 'check', bundle, '--key', key])
    expect(checked.stdout).toContain('1 line is proven')
    expect(checked.code).toBe(0)
    if (has('python3') && has('openssl')) {
      const program = join(folder, 'check.py')
      writeFileSync(program, documented())
      const byOthers = (file: string) =>
        spawnSync('python3', [program, file, key], { encoding: 'utf8' })
      expect(byOthers(bundle).stdout).toContain('1 lines proven')
      const forged = join(folder, 'forged.json')
      writeFileSync(forged, readFileSync(bundle, 'utf8').replace('"line": 7', '"line": 8'))
      expect(byOthers(forged).status).not.toBe(0)
      expect((await run(['evidence', 'check', forged, '--key', key])).code).toBe(3)
    }
  },
)
