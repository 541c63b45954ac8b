// A station with something on every screen, and a browser that is signed in.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { CONTENT } from '../src/app/content.ts'
import { startProvider } from '../src/collect/cloud/provider.test-helper.ts'
import { readSettings, systemClock, yamlValue } from '../src/core/index.ts'
import { openBrowser } from './browser.ts'
import { exerciseResult, keepExercise } from './exercise-result.ts'
import { handInPosture, joinQuietHub, openQuietCase } from './posture.ts'

/** Folder for pictures of what the tests look at; absent: none are kept. */
export const SHOTS = process.env['VIGIE_SCREENSHOTS']
export const LANGUAGES = ['en', 'fr'] as const

export type Console = {
  readonly station: RunningStation
  readonly data: string
  readonly browser: Browser
  readonly page: Page
  readonly close: () => Promise<void>
}

const GoldenSchema = z.object({ fires: z.array(z.object({ raw: z.string() })) })

/** Lines that own rules fire on, so that every screen has something to show. */
function suspiciousLines(): readonly string[] {
  const folder = join(CONTENT.rules, 'living-off-the-land')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.golden.yml'))
    .flatMap((file) =>
      GoldenSchema.parse(yamlValue(readFileSync(join(folder, file), 'utf8'))).fires.map(
        ({ raw }) => raw,
      ),
    )
}

export const ANY_PORTS = {
  consolePort: '0',
  syslogPort: '0',
  syslogTlsPort: '0',
  flowPort: '0',
  httpPort: '0',
  sensorPort: '0',
}

export async function openConsole(): Promise<Console> {
  const data = mkdtempSync(join(tmpdir(), 'vigie-console-'))
  // An account at a provider that refuses it: the screens show that.
  const provider = await startProvider(() => ({ status: 403, body: 'no right to read' }))
  mkdirSync(join(data, 'cloud'))
  const account = `collector: http-json\nsettings: { url: '${provider.url}/log' }\nsecrets: { token: t }`
  writeFileSync(join(data, 'cloud', 'town.yml'), account, { mode: 0o600 })
  keepExercise(data, exerciseResult())
  const station = await startStation({
    settings: readSettings({ data, ...ANY_PORTS }, {}),
    clock: systemClock,
    onNote: () => undefined,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
  const { intake } = station.core.wayIn
  const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.10', context: '' })
  for (const line of suspiciousLines()) {
    const bytes = Buffer.from(line)
    intake.write(from, bytes, 0, bytes.length)
  }
  await station.core.wayIn.settled()
  await handInPosture(station, data)
  await joinQuietHub(station)
  await openQuietCase(station, data)
  const browser = await openBrowser()
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 } })
  ).newPage()
  await page.goto(station.signInUrl)
  await page.waitForSelector('h1')
  return {
    station,
    data,
    browser,
    page,
    close: async () => {
      await browser.close()
      await station.close()
      await provider.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** What axe finds against WCAG 2.2 AA. In words and layout a theme changes nothing: in the dark, only colours are looked at. */
export async function violations(page: Page, within?: 'colours'): Promise<readonly string[]> {
  // A row of a table is like the ten above it. There are no frames of others, for which each look would open a page.
  // What passed is not written out: a seventh of the time.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('tbody tr:nth-child(n + 11)')
  const asked =
    within === undefined
      ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      : axe.withRules(['color-contrast'])
  const found = await asked.analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

export async function speak(page: Page, language: (typeof LANGUAGES)[number]): Promise<void> {
  await page.evaluate(
    (chosen) => localStorage.setItem('vigie.preferences', JSON.stringify({ language: chosen })),
    language,
  )
}
