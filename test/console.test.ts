// The console as people use it: a real station, a real browser, every screen in both languages and themes under axe.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { CONTENT } from '../src/app-content.ts'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { startProvider } from '../src/collect/cloud/provider.test-helper.ts'
import type { Provider } from '../src/collect/cloud/provider.test-helper.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { searchAlerts } from '../src/detect/index.ts'
import { trusted } from '../src/store/index.ts'
import { chromiumPath, openBrowser } from './browser.ts'

const SHOTS = process.env['VIGIE_SCREENSHOTS']
const GoldenSchema = z.object({ fires: z.array(z.object({ raw: z.string() })) })

/** Lines that own rules fire on, so that every screen has something to show. */
function suspiciousLines(): readonly string[] {
  const folder = join(CONTENT.rules, 'living-off-the-land')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.golden.yml'))
    .flatMap((file) =>
      GoldenSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))).fires.map(
        ({ raw }) => raw,
      ),
    )
}

const data = mkdtempSync(join(tmpdir(), 'vigie-console-'))
/** An account at a provider that refuses it: the screens show that. */
let provider: Provider
let station: RunningStation
let browser: Browser
let page: Page

describe.skipIf(chromiumPath() === undefined)(
  'console (skipped where no Chromium is installed)',
  () => {
    beforeAll(async () => {
      const ports = {
        consolePort: '0',
        syslogPort: '0',
        syslogTlsPort: '0',
        flowPort: '0',
        httpPort: '0',
        sensorPort: '0',
      }
      provider = await startProvider(() => ({ status: 403, body: 'no right to read' }))
      mkdirSync(join(data, 'cloud'))
      const account = `collector: http-json\nsettings: { url: '${provider.url}/log' }\nsecrets: { token: t }`
      writeFileSync(join(data, 'cloud', 'town.yml'), account, { mode: 0o600 })
      station = await startStation({
        settings: readSettings({ data, ...ports }, {}),
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
      browser = await openBrowser()
      page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
      await page.goto(station.signInUrl)
      await page.waitForSelector('h1')
    })

    afterAll(async () => {
      await browser.close()
      await station.close()
      await provider.close()
      rmSync(data, { recursive: true, force: true })
    })

    const SCREENS = [
      '/',
      '/alerts',
      '/hunt?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z',
      '/sources',
      '/sources/sensors',
      '/indicators',
      '/rules',
      '/rules/write',
      '/rules/coverage?technique=T1003',
      '/rules/analytics',
    ]
    const LANGUAGES = ['en', 'fr'] as const
    const WIDTHS = [1280, 390] as const
    const LOOKS = [
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const

    test('the address that was printed signs in, once', async () => {
      expect(await page.evaluate('location.hash')).toBe('')
      const other = await (await browser.newContext()).newPage()
      await other.goto(station.signInUrl)
      await other.waitForLoadState('networkidle')
      expect(await other.locator('nav a').count()).toBe(0)
    })

    test.each(SCREENS)('%s comes in at most 250 kB on a first visit', async (screen) => {
      const state = await page.context().storageState()
      const visitor = await browser.newContext({ storageState: state })
      const first = await visitor.newPage()
      await first.goto(`${station.console}${screen}`)
      await first.waitForSelector('h1')
      await first.waitForLoadState('networkidle')
      // As it came over the wire: compressed, with headers, what the screen asked of the station included.
      const bytes = Number(
        await first.evaluate(
          `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .reduce((sum, { transferSize }) => sum + transferSize, 0)`,
        ),
      )
      await visitor.close()
      expect(bytes).toBeGreaterThan(50_000)
      expect(bytes).toBeLessThanOrEqual(250_000)
      if (SHOTS !== undefined) process.stdout.write(`${screen} ${bytes} bytes\n`)
    })

    test('rules run over stored events from the Rules screen, and say what they found', async () => {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`${station.console}/rules`)
      await page.locator('details > summary').click()
      await page.locator('details select').selectOption('all')
      await page.locator('details button[type=submit]').click()
      const stored = await station.core.store.events.ask.query<{ n: string }>(
        trusted('SELECT count() AS n FROM events'),
      )
      const said = page.locator('details p').last()
      const n = stored.rows[0]?.n ?? ''
      await expect
        .poll(() => said.innerText(), { timeout: 60_000 })
        .toContain(`${n} of ${n} events judged`)
      expect(await said.innerText()).toContain('0 new findings')
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'rules-run.png') })
    })

    test.each(LANGUAGES)(
      'an alert and its rule say what to look at first, and how the rule is evaded (%s)',
      async (language) => {
        const { alerts } = await searchAlerts(station.core.store.records, { limit: 50 })
        const { rules } = station.core.detection.shelf.current
        const own = alerts.flatMap((alert) => {
          const rule = rules.find(({ id }) => id === alert.rule)
          return rule?.guidance.robustness ? [{ alert, rule, ...rule.guidance }] : []
        })[0]
        await page.evaluate(
          (chosen) =>
            localStorage.setItem('vigie.preferences', JSON.stringify({ language: chosen })),
          language,
        )
        for (const path of [
          `/alerts/${own?.alert.id ?? ''}`,
          `/rules?rule=${own?.rule.id ?? ''}`,
        ]) {
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 })
            await page.goto(`${station.console}${path}`)
            const step = page.getByRole('listitem').filter({
              hasText: own?.investigate[language][0] ?? 'a step',
            })
            await step.waitFor()
            const evade = own?.robustness?.evade[language] ?? 'a way'
            await page.getByRole('paragraph').filter({ hasText: evade }).waitFor()
            if (SHOTS !== undefined) {
              await step.scrollIntoViewIfNeeded()
              const name = `guide${path.slice(0, 4).replaceAll('/', '-')}-${language}-${width}.png`
              await page.screenshot({ path: join(SHOTS, name) })
            }
            expect(await violations()).toEqual([])
          }
        }
      },
    )

    test('a provider that refuses is said on the overview and beside its source', async () => {
      await page.evaluate(() => localStorage.setItem('vigie.preferences', '{"language":"en"}'))
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(station.console)
      await page.getByText('1 stream or queue cannot be read').waitFor()
      await page.getByRole('link', { name: 'cloud/town/events' }).first().click()
      await page.getByText('The provider refuses (403): no right to read.').waitFor()
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'unread.png') })
    })

    test('from an alert to an exception: drafted, tested over stored events, put to use, taken out again', async () => {
      await page.setViewportSize({ width: 1280, height: 900 })
      const { alerts } = await searchAlerts(station.core.store.records, { limit: 1 })
      await page.goto(`${station.console}/alerts/${alerts[0]?.id ?? ''}`)
      await page.getByText('Accept this here').click()
      const box = page.locator('textarea')
      await expect.poll(() => box.inputValue(), { timeout: 10_000 }).toContain('filter:')
      await page.locator('form select').selectOption('all')
      await page.locator('form button[type=submit]').click()
      const tried = page.locator('section').filter({ has: page.locator('form') })
      await expect
        .poll(() => tried.innerText(), { timeout: 30_000 })
        .toMatch(/The exception would accept [1-9]\d* of [1-9]\d* hits/)
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'exception.png') })
      // An exception without its reason is not kept.
      await page.getByRole('button', { name: 'Put to use' }).click()
      await page.getByText('why is this accepted?').last().waitFor()
      const text = await box.inputValue()
      await box.fill(text.replace('description: ""', 'description: the backup, ticket 7'))
      await page.getByRole('button', { name: 'Put to use' }).click()
      await page.getByText('Kept as ').waitFor()
      const [file] = readdirSync(join(data, 'rules'))
      const filters = async () => {
        const rules = await station.core.detection.listRules(station.core.store)
        return rules.flatMap((rule) => rule.filters.map(({ own }) => own))
      }
      await expect.poll(filters, { timeout: 20_000 }).toContain(file)
      await page.goto(`${station.console}/rules/write?file=${file ?? ''}`)
      await page.getByRole('button', { name: 'Take out of use' }).click()
      await page.getByText(`${file} is gone.`).waitFor()
      await expect.poll(filters, { timeout: 20_000 }).toEqual([])
    })

    test('from an event to a rule that meets it', async () => {
      const range = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z'
      await page.goto(`${station.console}/hunt?${range}&q=parser:windows`)
      await page.getByRole('button', { name: 'Show all fields' }).first().click()
      await page.getByText('Write a rule from this').click()
      const box = page.locator('textarea')
      await expect.poll(() => box.inputValue(), { timeout: 10_000 }).toContain('EventID')
      await page.locator('form select').selectOption('all')
      await page.locator('form button[type=submit]').click()
      const tried = page.locator('section').filter({ has: page.locator('form') })
      await expect.poll(() => tried.innerText(), { timeout: 30_000 }).toMatch(/[1-9]\d* hits? in/)
      if (SHOTS !== undefined) {
        await page.screenshot({ path: join(SHOTS, 'write-rule.png') })
        await page.setViewportSize({ width: 390, height: 900 })
        await page.screenshot({ path: join(SHOTS, 'write-rule-390.png'), fullPage: true })
        await page.setViewportSize({ width: 1280, height: 900 })
      }
    })

    test('indicators typed into a list are searched for in stored events, and the list is taken back', async () => {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`${station.console}/indicators`)
      await page.getByText('Add indicators').click()
      await page.locator('input[name=list]').fill('Town watch')
      await page.locator('textarea').fill('203.0.113.66\nportal.example\nnot an indicator at all')
      await page.getByRole('button', { name: 'Add and search stored events' }).click()
      await page.getByText('2 kept, 1 of them held back by a warning list, 1 could not').waitFor()
      await page.getByText('Stored events searched').waitFor({ timeout: 30_000 })
      expect(await page.locator('tbody').last().innerText()).toContain('203.0.113.66')
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'indicators.png') })
      await page.getByRole('button', { name: 'Remove' }).click()
      await page.getByRole('button', { name: 'Remove Town watch' }).click()
      await page.getByText('There is no list yet').waitFor()
    })

    test('a sensor is invited by one code, and cut off', async () => {
      await page.goto(`${station.console}/sources/sensors`)
      await page.getByText('Invite a sensor').click()
      await page.locator('input[name=name]').fill('north-hall')
      await page.getByRole('button', { name: 'Make a code' }).click()
      await page.getByText('vigie sensor --enrol ').waitFor()
      expect(await page.locator('tbody').innerText()).toContain('Invited')
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'sensors.png') })
      await page.getByRole('button', { name: 'Cut off' }).click()
      await page.getByRole('button', { name: 'Cut north-hall off for good' }).click()
      await expect.poll(() => page.locator('main').innerText()).not.toContain('Invited')
    })

    /** In words and layout a theme changes nothing: in the dark, only colours are looked at. */
    async function violations(within?: 'colours'): Promise<readonly string[]> {
      // A row of a table is like the ten above it.
      const axe = new AxeBuilder({ page }).exclude('tbody tr:nth-child(n + 11)')
      const asked =
        within === undefined
          ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          : axe.withRules(['color-contrast'])
      const found = await asked.analyze()
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
    }

    for (const screen of SCREENS) {
      for (const language of LANGUAGES) {
        test(`${screen} in ${language}: no accessibility violation, nothing refused by the content policy`, async () => {
          const refused: string[] = []
          page.on('console', (message) => {
            if (message.text().includes('Content Security Policy')) refused.push(message.text())
          })
          await page.evaluate(
            (chosen) =>
              localStorage.setItem('vigie.preferences', JSON.stringify({ language: chosen })),
            language,
          )
          await page.setViewportSize({ width: 1280, height: 900 })
          await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
          await page.goto(`${station.console}${screen}`)
          await page.waitForSelector('h1')
          expect(await page.getAttribute('html', 'lang')).toMatch(new RegExp(`^${language}`))
          await page.waitForTimeout(400)
          for (const [scheme, width] of LOOKS) {
            await page.emulateMedia({ colorScheme: scheme })
            await page.setViewportSize({ width, height: 900 })
            const name = `${screen.replaceAll(/\W+/g, '-').slice(0, 12)}-${language}-${scheme}-${width}.png`
            if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, name) })
            expect(await violations(scheme === 'dark' ? 'colours' : undefined)).toEqual([])
          }
          expect(refused).toEqual([])
        })
      }
    }
  },
)
