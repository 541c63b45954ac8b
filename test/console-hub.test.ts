// What only a hub shows, in a real browser: whom it tells, who answers, campaigns and how far they reach.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { RegisteredListSchema, SECTORS } from '../src/model/index.ts'
import { chromiumPath, openBrowser } from './browser.ts'
import { lookAt } from './console-looks.ts'
import { ANY_PORTS, LANGUAGES, SHOTS, speak, violations } from './console-station.ts'

const TOWNS = ['Northfield', 'Eastmere', 'Lac-aux-Pins', 'Southbank'] as const
/** The certificate that all incidents show. */
const CERTIFICATE = 'c0'.repeat(32)

describe.skipIf(chromiumPath() === undefined)(
  'screens of a hub (skipped where no Chromium is installed)',
  () => {
    const data = mkdtempSync(join(tmpdir(), 'vigie-console-hub-'))
    let hub: RunningStation
    let browser: Browser
    let page: Page

    beforeAll(async () => {
      hub = await startStation({
        settings: readSettings({ data, ...ANY_PORTS, hubPort: '0' }, {}),
        clock: systemClock,
        onNote: () => undefined,
        onTrouble: () => undefined,
      })
      const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
      await fill(async (path, body, type = 'application/json') => {
        const answer = await fetch(`${hub.console}${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': type, Origin: hub.console },
          ...(body === undefined ? {} : { body }),
        })
        expect([path, answer.status, answer.ok || (await answer.text())]).toEqual([path, 200, true])
        return answer.json()
      })
      await keepContent(hub)
      browser = await openBrowser()
      page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
      await page.goto(hub.signInUrl)
      await page.waitForSelector('h1')
    })
    afterAll(async () => {
      await browser.close()
      await hub.close()
      rmSync(data, { recursive: true, force: true })
    })

    describe.each(LANGUAGES)('%s', (language) => {
      beforeAll(() => speak(page, language))

      test.each([
        '/sharing/notices',
        '/sharing/campaigns',
        '/sharing/registration',
        '/sharing/told',
        '/sharing/given',
        '/sharing/content',
        '/sharing/blind',
      ])('%s: light enough, accessible, nothing refused by the content policy', (screen) =>
        lookAt({ browser, signedIn: page, address: hub.console, language }, screen),
      )
    })

    describe.each(LANGUAGES)('the answer page, without an account: %s', (language) => {
      const WORDS = { en: 'Answer a notice', fr: 'Répondre à un avis' } as const
      test('looked at in light and dark, wide and narrow: accessible, nothing refused', async () => {
        const context = await browser.newContext({
          locale: `${language}-CA`,
          reducedMotion: 'reduce',
        })
        const visitor = await context.newPage()
        const refused: string[] = []
        visitor.on('console', (message) => {
          // A browser asks for a picture of the site by itself.
          if (!message.location().url.endsWith('/favicon.ico')) refused.push(message.text())
        })
        await visitor.goto(`${hub.console}/answer`)
        expect(await visitor.getAttribute('html', 'lang')).toBe(`${language}-CA`)
        expect(await visitor.textContent('h1')).toBe(WORDS[language])
        for (const colorScheme of ['light', 'dark'] as const)
          for (const width of [1280, 390]) {
            await visitor.emulateMedia({ colorScheme })
            await visitor.setViewportSize({ width, height: 900 })
            const name = `answer-${language}-${colorScheme}-${width}.png`
            if (SHOTS !== undefined)
              await visitor.screenshot({ path: join(SHOTS, name), fullPage: true })
            expect(await violations(visitor)).toEqual([])
            const overflow = await visitor.evaluate(
              'document.documentElement.scrollWidth - document.documentElement.clientWidth',
            )
            expect(overflow).toBe(0)
          }
        // The style is there: a page without it has the browser's own margin.
        expect(await visitor.evaluate('getComputedStyle(document.body).margin')).toBe('0px')
        expect(refused).toEqual([])
        await context.close()
      })

      test('by keyboard: a code that is not known is said in the language of the page, and so is the other one', async () => {
        const context = await browser.newContext({ locale: 'en-CA' })
        const visitor = await context.newPage()
        await visitor.goto(`${hub.console}/answer?language=${language}`)
        await visitor.keyboard.press('Tab')
        await visitor.keyboard.type('AAAA-BBBB-CCCC')
        for (const key of ['Tab', 'ArrowDown', 'Tab', 'Tab', 'Enter'])
          await visitor.keyboard.press(key)
        await visitor.getByRole('status').waitFor()
        expect(await visitor.getAttribute('html', 'lang')).toBe(`${language}-CA`)
        expect(await violations(visitor)).toEqual([])
        await visitor.locator('.other a').click()
        expect(await visitor.textContent('h1')).toBe(WORDS[language === 'en' ? 'fr' : 'en'])
        await context.close()
      })
    })

    /** Opens the first row, and gives what stands beside the list. */
    const openFirst = async (screen: string) => {
      await speak(page, 'en')
      await page.goto(`${hub.console}${screen}`)
      await page.getByRole('grid').waitFor()
      for (const key of ['j', 'Enter']) await page.keyboard.press(key)
      const panel = page.getByRole('complementary')
      await panel.getByRole('heading', { level: 2 }).waitFor()
      return panel
    }

    test('by keyboard: a notice says whom it tells and of what, and an answer is written down', async () => {
      const panel = await openFirst('/sharing/notices')
      expect(await panel.innerText()).toContain('198.51.100.3')
      // Nothing of the other organisation stands there.
      expect(await panel.innerText()).not.toMatch(/Eastmere|198\.51\.100\.20/)
      await panel.locator('summary').focus()
      await page.keyboard.press('Enter')
      await panel.getByLabel('Who said it').fill('Bea Reeve')
      await page.keyboard.press('Enter')
      await panel.getByText('Bea Reeve').waitFor()
      await page.keyboard.press('Escape')
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'notice.png') })
      expect(await violations(page)).toEqual([])
    })

    test('by keyboard: a campaign says how far it reaches and why it is one, and is confirmed with undo', async () => {
      const panel = await openFirst('/sharing/campaigns')
      for (const town of TOWNS.slice(0, 3)) await panel.getByText(town).first().waitFor()
      expect(await panel.innerText()).toContain(CERTIFICATE)
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'campaign.png') })
      await panel.getByRole('button', { name: 'Confirm' }).focus()
      await page.keyboard.press('Enter')
      await panel.getByRole('button', { name: 'Take back' }).waitFor()
      expect(await violations(page)).toEqual([])
    })
  },
)

type Ask = (path: string, body?: string, type?: string) => Promise<unknown>

/** Four organisations, a report that names two of them and one address of nobody, and three incidents that belong together. */
async function fill(ask: Ask): Promise<void> {
  for (const [at, name] of TOWNS.entries()) {
    const registration = {
      name,
      sector: SECTORS[at % 2 === 0 ? 6 : 7],
      region: at === 2 ? 'QC' : 'ON',
      holdings: [{ kind: 'range', value: `198.51.100.${at * 16}/28` }],
      contacts: [{ name: 'Ann Clerk', language: 'en', phone: '+1 555 010 0000', always: true }],
    }
    await ask('/api/organisations', JSON.stringify({ registration }))
  }
  const { organisations } = RegisteredListSchema.parse(await ask('/api/organisations'))
  for (const { id } of organisations)
    await ask('/api/organisations/confirmations', JSON.stringify({ organisation: id }))
  const seen = new Date().toISOString().slice(0, 19).replace('T', ' ')
  const lines = ['198.51.100.3', '198.51.100.20', '203.0.113.9'].map(
    (address) => `"${seen}",${address},443,vpn`,
  )
  const report = ['timestamp,ip,port,tag', ...lines].join('\n')
  await ask('/api/notices/reports?name=compromised_iot.csv', report, 'application/octet-stream')
  await ask(
    '/api/share/blind/values?marking=amber&note=Call',
    '45.9.148.77\nbad.example.net\n',
    'application/octet-stream',
  )
  const given = `title: Fetches from the address of the campaign\nid: ${RULE}\n${DETECTION}`
  await ask('/api/share/publications?marking=amber', given, 'application/octet-stream')
  const nowMs = Date.now()
  for (const [at, { id }] of organisations.slice(0, 3).entries()) {
    const first = new Date(nowMs - (at + 1) * 3_600_000).toISOString()
    const features = [
      { kind: 'certificate', value: CERTIFICATE },
      { kind: 'technique', value: 'T1133' },
    ]
    await ask(
      '/api/campaigns/incidents',
      JSON.stringify({ organisation: id, first, last: new Date(nowMs).toISOString(), features }),
    )
  }
  const { campaigns } = z
    .object({ campaigns: z.array(z.object({ organisations: z.number() })) })
    .parse(await ask('/api/campaigns'))
  expect(campaigns.map((one) => one.organisations)).toEqual([3])
}

const RULE = '2f6a0c7e-9d51-4a43-8b1f-0a5d3c7e9b22'
const DETECTION = `logsource: { product: fortigate, service: traffic }
detection: { selection: { dstip: 198.51.100.81 }, condition: selection }
level: high
`

/** As if a hub above had sent them: one that waits, one that is in use, one that cannot be used. */
async function keepContent({ core }: RunningStation): Promise<void> {
  const { records } = core.store
  const at = new Date('2026-11-20T10:00:00Z')
  const peer = 'province'
  await records
    .insertInto('share_peers')
    .values({ name: peer, role: 'hub', state: 'joined', organisation: 'Province', terms: '{}' })
    .execute()
  for (const [place, state, reason] of [
    ['1', 'asked', null],
    ['2', 'answered', null],
    ['3', 'not watched', '4:3 A filter takes findings away; none is taken from others.'],
  ] as const) {
    const id = `indicator--00000000-0000-4000-8000-00000000000${place}`
    const name = `Rule ${place} of the province`
    const version = at.toISOString()
    const object = { type: 'indicator', id, name, pattern_type: 'sigma', pattern: DETECTION }
    const kept = { peer, id, version, type: 'indicator', body: JSON.stringify(object) }
    await records
      .insertInto('share_received')
      .values({
        ...kept,
        state,
        reason,
        received: at,
        is_urgent: false,
        content: 'rule',
        search: null,
        sighting: null,
        told_count: state === 'answered' ? 3 : null,
        told: null,
      })
      .execute()
    if (state !== 'answered') continue
    const used = { kind: 'rule', name, body: DETECTION, ends: null, accepted_by: 'Ann Clerk' }
    await records
      .insertInto('share_content')
      .values({ peer, object: id, version, ...used, accepted: at })
      .execute()
  }
}
