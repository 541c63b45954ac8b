// A filter typed in the console until its rows stand there, in real Chromium. Prints JSON; nothing where there is no Chromium.
// Argument: millions of events.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStation } from '../src/app.ts'
import { readSettings, reasonOf, systemClock } from '../src/core/index.ts'
import { chromiumPath, openBrowser } from '../test/browser.ts'
import { fillEvents } from './fill-events.ts'

if (chromiumPath() === undefined) process.exit(0)
const data = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const ports = {
  consolePort: '0',
  syslogPort: '0',
  syslogTlsPort: '0',
  flowPort: '0',
  httpPort: '0',
}
const station = await startStation({
  settings: readSettings({ data, ...ports }, {}),
  clock: systemClock,
  onNote: () => undefined,
  onTrouble: (cause) => {
    if (cause !== null) process.stderr.write(`${reasonOf(cause).slice(0, 200)}\n`)
  },
})
const { from, to, rare } = await fillEvents(station.core.store.events, Number(process.argv[2]))
const browser = await openBrowser()
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
await page.goto(station.signInUrl)
await page.waitForSelector('h1')
const span = new URLSearchParams({ from, to })
await page.goto(`${new URL(station.signInUrl).origin}/hunt?${span.toString()}`)
await page.waitForSelector('main tbody tr >> nth=3')

/** Milliseconds from the key that runs the filter to other rows than before, rendered. */
async function filtered(query: string): Promise<number> {
  // What the filter before still counts is part of what people wait for; what the page does at first is not.
  await page.waitForTimeout(1000)
  await page.getByPlaceholder('src_ip:203.0.113.9').fill(query)
  const rows = page.locator('main tbody')
  const before = await rows.textContent()
  const startMs = performance.now()
  await page.keyboard.press('Control+Enter')
  while ((await rows.textContent()) === before) {
    if (performance.now() - startMs > 30_000) throw new Error(`no other rows for ${query}`)
    await page.waitForTimeout(5)
  }
  return Math.round(performance.now() - startMs)
}

/** The median of five values, each asked once. */
async function timed(query: (at: number) => string): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < 5; at += 1) times.push(await filtered(query(at)))
  return times.toSorted((a, b) => a - b)[2] ?? 0
}

const result = {
  device: await timed((at) => `device_name:fgt${at}`),
  user: await timed((at) => `user_name:user${at + 7}`),
  address: await timed((at) => `src_ip:${rare[at] ?? ''}`),
  anywhere: await timed((at) => rare[at + 5] ?? ''),
}
process.stdout.write(JSON.stringify(result))
await browser.close()
await station.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
