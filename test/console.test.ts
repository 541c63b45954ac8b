// Every screen of the console in a real browser under axe: in both languages, dark in one, narrow in the other (`console-looks.ts`).

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningStation } from '../src/app.ts'
import { chromiumPath } from './browser.ts'
import { lookAt } from './console-looks.ts'
import { LANGUAGES, openConsole, speak, violations } from './console-station.ts'
import type { Console } from './console-station.ts'
import { exerciseResult } from './exercise-result.ts'
import { watchGate } from './posture.ts'

const COPIED = exerciseResult().moments.find(({ step }) => step === 'copy-directory')?.id ?? ''

describe.skipIf(chromiumPath() === undefined)(
  'screens of the console (skipped where no Chromium is installed)',
  () => {
    let opened: Console
    let page: Page
    let station: RunningStation

    beforeAll(async () => {
      opened = await openConsole()
      ;({ page, station } = opened)
      await watchGate(station, opened.data)
    })
    afterAll(() => opened.close())

    const SCREENS = [
      '/',
      '/alerts',
      '/cases?case=2',
      '/cases/report?case=2',
      '/hunt?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z',
      '/sources',
      '/sources/sensors',
      '/indicators',
      '/rules',
      '/rules/write',
      '/rules/coverage?technique=T1003',
      '/rules/analytics',
      '/rules/background',
      `/rules/exercise?moment=${COPIED.replaceAll(' ', '+')}`,
      '/devices/changes?state=unauthorised',
      '/devices/zones?from=office&to=pumps',
      '/exposure?advisory=CVE-2024-21762&zone=-',
      '/exposure/week?patch=fix+FortiOS',
      '/identity?check=I29',
      '/identity/critical',
      '/exposure/assets?text=gate',
      '/readiness?goal=mitigating-known-vulnerabilities',
      '/sharing?peer=regional-centre',
      '/evidence',
    ]
    test('the address that was printed signs in, once', async () => {
      expect(await page.evaluate('location.hash')).toBe('')
      const other = await (await opened.browser.newContext()).newPage()
      await other.goto(station.signInUrl)
      await other.waitForLoadState('networkidle')
      expect(await other.locator('nav a').count()).toBe(0)
    })

    test('the other views of these rooms have something to show, and no accessibility violation', async () => {
      const views = [
        ['/entity?kind=device&name=nowhere', 'Nothing was found on it in 30 days.'],
        ['/readiness/gaps', 'Ordered by the risk'],
        ['/readiness/logs', 'Lacking of 18 months'],
        ['/readiness/plans', 'There is no plan yet.'],
        ['/readiness/members', 'regional-centre is not told.'],
        ['/exposure/files', 'What is known, and how old it is'],
        ['/identity/accounts', 'ann@town.example'],
        ['/identity/files', 'users.json'],
        ['/devices', 'depot-rtr'],
        ['/sharing/received', 'Address of an operator'],
        ['/sharing/outbox', 'sighting--33333333'],
        ['/sharing/given', 'This station is no hub'],
        ['/sharing/blind', 'Logins to several members'],
        ['/sharing/reports', 'No member sent a report.'],
        ['/devices/records', 'Only people write records'],
        ['/devices/zones/edit', 'Conduit from Bureau to Pompage'],
        ['/devices/collection', 'Configurations come in by themselves'],
      ] as const
      for (const [path, text] of views) {
        await page.goto(`${station.console}${path}`)
        await page.getByText(text).first().waitFor()
        expect([path, await violations(page)]).toEqual([path, []])
      }
    })

    test('the map of zones is as high as its zones, however little of the screen is left', async () => {
      await page.setViewportSize({ width: 1280, height: 500 })
      await page.goto(`${station.console}/devices/zones`)
      const map = page.locator('svg[role=img]')
      await map.waitFor()
      expect((await map.boundingBox())?.height).toBeGreaterThan(60)
      await page.setViewportSize({ width: 1280, height: 900 })
    })

    describe.each(LANGUAGES)('%s', (language) => {
      beforeAll(() => speak(page, language))

      test.each(SCREENS)(
        '%s: at most 250 kB on a first visit, no accessibility violation, nothing refused by the content policy',
        (screen) =>
          lookAt(
            { browser: opened.browser, signedIn: page, address: station.console, language },
            screen,
          ),
      )
    })
  },
)
