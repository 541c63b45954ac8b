// Every screen of the console in a real browser, in both languages and themes, wide and narrow, under axe.

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningStation } from '../src/app.ts'
import { chromiumPath } from './browser.ts'
import { LANGUAGES, SHOTS, openConsole, speak, violations } from './console-station.ts'
import type { Console } from './console-station.ts'

describe.skipIf(chromiumPath() === undefined)(
  'screens of the console (skipped where no Chromium is installed)',
  () => {
    let opened: Console
    let page: Page
    let station: RunningStation

    beforeAll(async () => {
      opened = await openConsole()
      ;({ page, station } = opened)
    })
    afterAll(() => opened.close())

    const SCREENS = [
      '/',
      '/alerts',
      '/cases?case=1',
      '/cases/report?case=1',
      '/hunt?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z',
      '/sources',
      '/sources/sensors',
      '/indicators',
      '/rules',
      '/rules/write',
      '/rules/coverage?technique=T1003',
      '/rules/analytics',
      '/devices/changes?state=unauthorised',
      '/exposure?advisory=CVE-2024-21762',
      '/identity?check=I29',
      '/readiness?goal=mitigating-known-vulnerabilities',
      '/sharing?peer=regional-centre',
      '/evidence',
    ]
    const LOOKS = [
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const

    /** What was asked for stands there. */
    const settled = async () => {
      await page.waitForTimeout(300)
      await expect
        .poll(
          () =>
            page
              .locator('main [role=status]')
              .filter({ hasText: /^(Loading|Chargement)/ })
              .count(),
          { timeout: 20_000 },
        )
        .toBe(0)
    }

    test('the address that was printed signs in, once', async () => {
      expect(await page.evaluate('location.hash')).toBe('')
      const other = await (await opened.browser.newContext()).newPage()
      await other.goto(station.signInUrl)
      await other.waitForLoadState('networkidle')
      expect(await other.locator('nav a').count()).toBe(0)
    })

    test.each(SCREENS)('%s comes in at most 250 kB on a first visit', async (screen) => {
      const state = await page.context().storageState()
      const visitor = await opened.browser.newContext({ storageState: state })
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

    test('the other views of these rooms have something to show, and no accessibility violation', async () => {
      const views = [
        ['/readiness/gaps', 'Ordered by the risk'],
        ['/readiness/logs', 'Lacking of 18 months'],
        ['/readiness/plans', 'There is no plan yet.'],
        ['/exposure/files', 'What is known, and how old it is'],
        ['/identity/accounts', 'ann@town.example'],
        ['/identity/files', 'users.json'],
        ['/devices', 'depot-rtr'],
        ['/sharing/received', 'Address of an operator'],
        ['/sharing/outbox', 'sighting--33333333'],
        ['/sharing/given', 'This station is no hub'],
        ['/devices/records', 'Only people write records'],
      ] as const
      for (const [path, text] of views) {
        await page.goto(`${station.console}${path}`)
        await page.getByText(text).first().waitFor()
        expect([path, await violations(page)]).toEqual([path, []])
      }
    })

    for (const screen of SCREENS) {
      for (const language of LANGUAGES) {
        test(`${screen} in ${language}: no accessibility violation, nothing refused by the content policy`, async () => {
          const refused: string[] = []
          page.on('console', (message) => {
            if (message.text().includes('Content Security Policy')) refused.push(message.text())
          })
          await speak(page, language)
          await page.setViewportSize({ width: 1280, height: 900 })
          await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
          await page.goto(`${station.console}${screen}`)
          await page.waitForSelector('h1')
          expect(await page.getAttribute('html', 'lang')).toMatch(new RegExp(`^${language}`))
          await settled()
          for (const [scheme, width] of LOOKS) {
            await page.emulateMedia({ colorScheme: scheme })
            await page.setViewportSize({ width, height: 900 })
            const name = `${screen.replaceAll(/\W+/g, '-').slice(0, 12)}-${language}-${scheme}-${width}.png`
            if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, name) })
            expect(await violations(page, scheme === 'dark' ? 'colours' : undefined)).toEqual([])
          }
          expect(refused).toEqual([])
        })
      }
    }
  },
)
