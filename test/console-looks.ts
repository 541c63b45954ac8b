// A screen as someone sees it who has nothing of the console yet: its weight, what the content policy refused, and what axe finds
// in both themes, wide and narrow.

import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { SHOTS, violations } from './console-station.ts'

type LookOf = readonly [scheme: 'light' | 'dark', width: number, languages: readonly string[]]

/** A theme changes colours, which are the same in both languages; what is narrow is tightest in French. */
const LOOKS: readonly LookOf[] = [
  ['light', 1280, ['en', 'fr']],
  ['dark', 1280, ['en']],
  ['light', 390, ['fr']],
]

type Look = {
  readonly browser: Browser
  /** A page that is signed in, with the language that is spoken. */
  readonly signedIn: Page
  readonly address: string
  readonly language: string
}

/** Throws what an assertion throws. Pictures are kept where somebody wants them. */
export async function lookAt(
  { browser, signedIn, address, language }: Look,
  screen: string,
): Promise<void> {
  const context = await browser.newContext({
    storageState: await signedIn.context().storageState(),
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await page.goto(`${address}${screen}`)
  await page.waitForSelector('h1')
  expect(await page.getAttribute('html', 'lang')).toMatch(new RegExp(`^${language}`))
  await settled(page)
  const bytes = await bytesOf(page)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(250_000)
  for (const [scheme, width, languages] of LOOKS) {
    const isJudged = languages.includes(language)
    if (!isJudged && SHOTS === undefined) continue
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    const name = `${screen.replaceAll(/\W+/g, '-').slice(0, 24)}-${language}-${scheme}-${width}.png`
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, name), fullPage: true })
    if (isJudged)
      expect(await violations(page, scheme === 'dark' ? 'colours' : undefined)).toEqual([])
  }
  expect(refused).toEqual([])
  await context.close()
}

/** What was asked for stands there. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  const loading = page.locator('main [role=status]').filter({ hasText: /^(Loading|Chargement)/ })
  await expect.poll(() => loading.count(), { timeout: 20_000 }).toBe(0)
}

/**
 * As it came over the wire: compressed, with headers, what the screen asked of the station included. What is asked again,
 * because something changed while the screen loads, counts once.
 */
async function bytesOf(page: Page): Promise<number> {
  return Number(
    await page.evaluate(
      `Object.values([...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((most, { name, transferSize }) => ({ ...most, [name]: Math.max(most[name] ?? 0, transferSize) }), {}))
        .reduce((sum, transferSize) => sum + transferSize, 0)`,
    ),
  )
}
