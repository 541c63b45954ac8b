// The console as people use it: a real station, a real browser, and a keyboard.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningStation } from '../src/app.ts'
import { searchAlerts } from '../src/detect/index.ts'
import { trusted } from '../src/store/index.ts'
import { techniqueName } from '../src/words/attack-names.ts'
import { chromiumPath } from './browser.ts'
import { LANGUAGES, SHOTS, openConsole, speak, violations } from './console-station.ts'
import type { Console } from './console-station.ts'

const WIDTHS = [1280, 390] as const

describe.skipIf(chromiumPath() === undefined)(
  'journeys through the console (skipped where no Chromium is installed)',
  () => {
    let opened: Console
    let page: Page
    let station: RunningStation

    beforeAll(async () => {
      opened = await openConsole()
      ;({ page, station } = opened)
    })
    afterAll(() => opened.close())

    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const keep = async (name: string) => {
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) })
    }
    /** Goes to a screen by its letter; what is shown until it is there is the screen before. */
    const goTo = async (letter: string, name: string) => {
      await press('g', letter)
      await page.getByRole('heading', { name, level: 1 }).waitFor()
      if (letter !== 'e') await page.getByRole('grid').waitFor()
    }
    /** Unfolds a form from the keyboard. */
    const unfold = async (title: string) => {
      await page.locator('summary', { hasText: title }).first().focus()
      await press('Enter')
    }
    test('an exercise is stepped through by keyboard, and another one is started and stopped', async () => {
      for (const [name, width] of [
        ['wide', 1280],
        ['narrow', 390],
      ] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(`${station.console}/rules/exercise`)
        await page.getByRole('grid').waitFor()
        await press('j', 'Enter')
        const panel = page.getByRole('complementary', { name: 'One moment of the exercise' })
        await panel.getByText('Nothing was done there and then').waitFor()
        if (width === 1280) {
          await press('j')
          await panel.getByText('passwords are guessed').waitFor()
        }
        await panel.scrollIntoViewIfNeeded()
        await keep(`exercise-timeline-${name}`)
        await press('Escape')
        await panel.waitFor({ state: 'detached' })
      }
      await unfold('Play an exercise')
      await page.getByRole('button', { name: 'Start' }).click()
      await page.getByText('admin has an exercise played: Town.').waitFor()
      await keep('exercise-running')
      await page.getByRole('button', { name: 'Stop it' }).click()
      await page.getByRole('progressbar').waitFor({ state: 'detached' })
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
        await speak(page, language)
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
            const here = await page.locator('nav [aria-current=page]').first().boundingBox()
            expect(here?.x).toBeGreaterThanOrEqual(0)
            expect((here?.x ?? 0) + (here?.width ?? width + 1)).toBeLessThanOrEqual(width)
            const evade = own?.robustness?.evade[language] ?? 'a way'
            await page.getByRole('paragraph').filter({ hasText: evade }).waitFor()
            // Names of techniques are fetched when they are first shown.
            await page.getByText(techniqueName(own?.alert.attack[0] ?? '') ?? 'a name').waitFor()
            if (SHOTS !== undefined) {
              await step.scrollIntoViewIfNeeded()
              const name = `guide${path.slice(0, 4).replaceAll('/', '-')}-${language}-${width}.png`
              await page.screenshot({ path: join(SHOTS, name) })
            }
            expect(await violations(page)).toEqual([])
          }
        }
      },
    )

    test('a provider that refuses is said on the overview and beside its source', async () => {
      await speak(page, 'en')
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(station.console)
      await page.getByText('1 stream or queue cannot be read').waitFor()
      await page.getByRole('link', { name: 'cloud/town/events' }).first().click()
      await page.getByText('The provider refuses (403): no right to read.').waitFor()
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, 'unread.png') })
    })

    test('from an alert to all about its entity: what was found, what is usual, its alerts', async () => {
      await speak(page, 'en')
      const found = await station.core.store.events.ask.query<{ entity: string }>(
        trusted("SELECT entity FROM findings WHERE entity_kind = 'device' ORDER BY entity LIMIT 1"),
      )
      const entity = found.rows[0]?.entity ?? ''
      const [alert] = (await searchAlerts(station.core.store.records, { entity, limit: 1 })).alerts
      await page.goto(`${station.console}/alerts/${alert?.id ?? ''}`)
      await page.getByRole('link', { name: 'All about it' }).click()
      await page.getByRole('heading', { name: alert?.entity ?? '', level: 1 }).waitFor()
      await page.getByRole('region', { name: 'What found something' }).waitFor()
      await page
        .getByRole('link', { name: alert?.title.en ?? '' })
        .first()
        .waitFor()
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        await keep(`entity-${width}`)
        expect(await violations(page)).toEqual([])
      }
      await page.setViewportSize({ width: 1280, height: 900 })
    })

    test('from an alert to an exception: drafted, tested over stored events, put to use, taken out again', async () => {
      await page.setViewportSize({ width: 1280, height: 900 })
      const { alerts } = await searchAlerts(station.core.store.records, { limit: 50 })
      const { rules } = station.core.detection.shelf.current
      const alert = alerts.find(({ rule }) => rules.some(({ id }) => id === rule))
      await page.goto(`${station.console}/alerts/${alert?.id ?? ''}`)
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
      const [file] = readdirSync(join(opened.data, 'rules'))
      const filters = async () => {
        const listed = await station.core.detection.listRules(station.core.store)
        return listed.flatMap((rule) => rule.filters.map(({ own }) => own))
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

    test('by keyboard: a list of tools is loaded, a tool is allowed and taken back, an address is looked up', async () => {
      await page.goto(`${station.console}/rules/background`)
      await page.getByText('No list is loaded').waitFor()
      await unfold('Load a list of tools')
      await page.locator('select[name=list]').selectOption('lolrmm')
      const entry =
        'Name: FarDesk\nCategory: RMM\nDetails:\n  PEMetadata:\n    - Filename: fardesk.exe\n'
      await page
        .locator('input[name=files]')
        .setInputFiles({ name: 'fardesk.yml', mimeType: 'text/yaml', buffer: Buffer.from(entry) })
      await page.locator('input[name=files]').focus()
      await press('Control+Enter')
      await page.getByRole('cell', { name: 'LOLRMM: remote-management tools' }).waitFor()
      await unfold('Allow a tool')
      await page.locator('input[name=tool]').fill('FarDesk')
      await page.locator('input[name=because]').fill('Our supplier of pumps')
      await press('Control+Enter')
      await page.getByRole('cell', { name: 'Our supplier of pumps' }).waitFor()
      expect(await violations(page)).toEqual([])
      await keep('background')
      await page.getByRole('button', { name: 'Do not allow any more' }).click()
      await page.getByText('None yet: each is told').waitFor()
      await unfold('Whose address is this?')
      await page.locator('input[name=address]').fill('300.1.2.3')
      await press('Enter')
      await page.getByRole('alert').getByText('300.1.2.3').waitFor()
      await page.locator('input[name=address]').fill('203.0.113.7')
      await press('Enter')
      await page.getByText('Nothing is known of it.').waitFor()
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

    test('by keyboard: a goal is opened, its state explained, and a person states what is not seen', async () => {
      await goTo('r', 'Readiness')
      await press('j', 'Enter')
      await page.getByText('How this state is made').waitFor()
      await unfold('State how it is')
      await page.locator('textarea[name=statement]').fill('Council approved it in March.')
      await page.locator('input[name=who]').fill('M. Roy')
      await press('Control+Enter')
      await page.getByText('“Council approved it in March.”').waitFor()
      await expect
        .poll(() => page.getByRole('row').nth(1).innerText())
        .toMatch(/^(Met|Partly met)\s/)
      await keep('readiness-attested')
      const report = await page.request.get(
        `${station.console}${(await page.getByText('Report (FR)').getAttribute('href')) ?? ''}`,
      )
      expect(await report.text()).toContain('lang="fr-CA"')
      // The first folds the form, the second closes the panel.
      await press('Escape', 'Escape')
      await expect.poll(() => page.getByRole('complementary').count()).toBe(0)
    })

    test('by keyboard: an advisory says why and until when, and is excepted on one asset', async () => {
      await goTo('v', 'Exposure')
      await press('j', 'Enter')
      await page
        .getByText('Confidence 100 of 100, said by what is known of versions')
        .first()
        .waitFor()
      await press('j')
      await page.getByRole('heading', { name: 'CVE-2024-55591' }).waitFor()
      await unfold('Ask for an exception')
      await page.locator('input[name=owner]').first().fill('A. Tremblay')
      await page.locator('textarea[name=reason]').first().fill('The maker has no fix yet.')
      await page
        .locator('textarea[name=control]')
        .first()
        .fill('Management is closed to the internet.')
      const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
      await page.locator('input[name=expires]').first().fill(inTenDays)
      await press('Control+Enter')
      await page.getByText(`Exception until ${inTenDays}, A. Tremblay`).waitFor()
      await keep('exposure-excepted')
    })

    test('by keyboard: a case is opened from an alert, worked on, and proved', async () => {
      const { alert } = await station.core.store.records
        .selectFrom('case_alerts')
        .select('alert')
        .where('case', '=', 2)
        .executeTakeFirstOrThrow()
      await page.goto(`${station.console}/alerts/${alert}`)
      await page.getByRole('link', { name: 'Case 2: Odd tools on the file server' }).waitFor()
      await unfold('Open a case from this alert')
      await page.locator('textarea[name=summary]').focus()
      await press('Control+Enter')
      await page.getByText('Case 3 is open.').waitFor()
      await press('Escape')
      await goTo('c', 'Cases')
      await press('j', 'Enter')
      await page.getByText('There is no task.').waitFor()
      await unfold('Write down')
      await page.locator('textarea[name=text]').fill('The person says it was not she')
      await press('Control+Enter')
      await page.getByText('The person says it was not she').first().waitFor()
      await unfold('Start a playbook')
      await page.locator('select[name=playbook]').selectOption('provider')
      await page.locator('select[name=playbook]').press('Control+Enter')
      await page.getByText('5 tasks added.').waitFor()
      await page.getByRole('button', { name: 'Done', exact: true }).first().focus()
      await press('Enter')
      await page.getByRole('button', { name: 'Not done' }).waitFor()
      await page.getByRole('button', { name: 'Check the case' }).focus()
      await press('Enter')
      await page.getByText('are as they were written').waitFor()
      expect(await violations(page)).toEqual([])
      await keep('case')
    })

    test('a report says what must not leave, and is approved word for word', async () => {
      await page.goto(`${station.console}/cases/report?case=2`)
      await page.getByText('a date of birth').waitFor()
      expect(await page.getByRole('button', { name: 'Approve exactly this text' }).count()).toBe(0)
      await unfold('Fill in')
      await page.locator('textarea[name=found]').fill('By the night shift.')
      await page.locator('input[name=phone]').fill('555-0100')
      await page.locator('input[name=phone]').press('Control+Enter')
      await page.getByRole('button', { name: 'Approve exactly this text' }).click()
      await page.getByText('Approved: admin').waitFor()
      await keep('case-report')
      await unfold('Write down that it was sent')
      await page.locator('input[name=how]').fill('by telephone')
      await page.locator('input[name=reference]').fill('CC-7')
      await press('Control+Enter')
      await page.getByText('CC-7').waitFor()
      await press('Escape')
      const address = await page.getByText('Look at the report').getAttribute('href')
      const shown = await page.request.get(`${station.console}${address ?? ''}`)
      expect(await shown.text()).toContain('Approved by admin')
    })

    test('by keyboard: a change says what it holds, and is explained by a person', async () => {
      await goTo('d', 'Devices')
      await press('j', 'Enter')
      await page.getByRole('heading', { name: 'core-rtr' }).waitFor()
      await page.getByText('svc-backup').waitFor()
      await page.getByRole('link', { name: 'Changes', exact: true }).click()
      await page.getByText('2 of 2 changes').waitFor()
      await press('j', 'Enter')
      await page.getByText('No change record covers this.').waitFor()
      await page.getByText('Several steps of an intruder together').waitFor()
      await page.getByText('+ interface Tunnel9').waitFor()
      await unfold('Tunnel added')
      await page.getByText('interface Tunnel9 > tunnel destination 203.0.113.7').waitFor()
      expect(await violations(page)).toEqual([])
      await keep('device-change')
      await unfold('Explain this change')
      await page.locator('textarea[name=reason]').fill('A. Roy, new link to the depot')
      await page.locator('input[name=reference]').fill('CHG-7')
      await press('Control+Enter')
      await page.getByText('explained afterwards: admin').waitFor()
      await page.getByRole('button', { name: 'unexplained' }).click()
      await page.getByText('1 of 2 changes').waitFor()
    })

    test('an alert on a configuration leads to the change', async () => {
      const [alert] = (await searchAlerts(station.core.store.records, { entity: 'core-rtr' }))
        .alerts
      await page.goto(`${station.console}/alerts/${alert?.id ?? ''}`)
      await page.getByRole('link', { name: 'Changes of core-rtr' }).click()
      await page.getByText('1 of 2 changes').waitFor()
    })

    test('a change is announced, and the record is taken back', async () => {
      await page.goto(`${station.console}/devices/records`)
      await page.getByText('CHG-7').waitFor()
      await unfold('Announce a change')
      await page.locator('input[name=device]').fill('depot-rtr')
      await page.locator('input[name=starts]').fill('2026-12-01T20:00')
      await page.locator('input[name=ends]').fill('2026-12-01T19:00')
      await page.locator('textarea[name=allows]').fill('snmp-server location')
      await page.locator('textarea[name=reason]').fill('Labels')
      await page.locator('textarea[name=reason]').focus()
      await press('Control+Enter')
      await page.getByText('expected starts < ends').waitFor()
      await page.locator('input[name=ends]').fill('2026-12-01T23:00')
      await page.locator('textarea[name=reason]').focus()
      await press('Control+Enter')
      const row = page.getByRole('row').filter({ hasText: 'depot-rtr' })
      await row.getByRole('button', { name: 'Take back' }).click()
      await row.getByText('taken back by admin').waitFor()
      await keep('change-records')
    })

    test('two versions are compared', async () => {
      await page.goto(`${station.console}/devices`)
      await page.getByRole('link', { name: 'depot-rtr' }).click()
      await page.getByRole('link', { name: 'Compare with the newest' }).click()
      await page.getByText('+ snmp-server location depot').waitFor()
      expect(await violations(page)).toEqual([])
    })

    test('by keyboard: a peer says what is wrong, and what would leave is seen whole before it may', async () => {
      await goTo('s', 'Sharing')
      await press('j', 'Enter')
      await page.getByText('It cannot be reached').waitFor()
      await page.getByRole('link', { name: 'Received', exact: true }).click()
      await page.getByText('seen 2×').waitFor()
      await page.getByRole('link', { name: 'Outbox', exact: true }).click()
      // The table of the view before stands there until this one is.
      await page.getByRole('link', { name: /^sighting--/ }).waitFor()
      await press('j', 'Enter')
      await page.getByText('Exactly this leaves, and nothing else:').waitFor()
      await page.getByText('"sighting_of_ref": "indicator--22222222').waitFor()
      expect(await violations(page)).toEqual([])
      await keep('sharing-outbox')
      await page.getByRole('button', { name: 'Do not let it leave' }).focus()
      await press('Enter')
      await page.getByRole('heading', { name: 'does not leave' }).waitFor()
      await press('Escape')
    })

    test('a code that is none is said to be none before anything is sent', async () => {
      await page.goto(`${station.console}/sharing`)
      await unfold('Join a hub')
      await page.locator('textarea[name=code]').fill('vigiehub1.nothing')
      await page.locator('textarea[name=code]').focus()
      await press('Control+Enter')
      await page.getByText('not a code').waitFor()
      await keep('sharing-join')
    })

    test('two assets that are one are merged, and taken apart again', async () => {
      await page.goto(`${station.console}/exposure/assets`)
      await page.getByRole('link', { name: 'branch.town.example' }).click()
      await unfold('Merge into another asset')
      await page.locator('select[name=into]').selectOption({ label: 'gate.town.example' })
      await page.getByRole('button', { name: 'Merge', exact: true }).click()
      await page.getByRole('heading', { name: 'gate.town.example' }).waitFor()
      const branch = page.getByRole('link', { name: 'branch.town.example', exact: true })
      await branch.waitFor({ state: 'detached' })
      await unfold('branch.town.example')
      await page.getByRole('button', { name: 'Take branch.town.example out again' }).click()
      await branch.first().waitFor()
    })

    test('by keyboard: a check states its fix and its question, and a critical account is confirmed', async () => {
      await goTo('p', 'Identity')
      await press('j', 'Enter')
      await page.getByText('Give the person an account of your own').waitFor()
      await page.getByText('WHERE a.tier <= 1').waitFor()
      await page.goto(`${station.console}/identity/critical`)
      await page.getByRole('grid').waitFor()
      await press('j', 'Enter')
      await unfold('Confirm or refuse')
      await page.locator('input[name=owner]').fill('A. Tremblay')
      await press('Control+Enter')
      await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('Confirmed')
      await press('Escape')
      await keep('identity-confirmed')
    })

    test('by keyboard: a checkpoint is signed, and what is stored is verified', async () => {
      await goTo('e', 'Evidence')
      await page.getByRole('button', { name: 'Sign a checkpoint now' }).focus()
      await press('Enter')
      await page.getByRole('link', { name: 'Download the checkpoint' }).waitFor()
      await unfold('Verify what is stored')
      await page.getByRole('button', { name: 'Verify what is stored' }).focus()
      await press('Enter')
      await page.getByText('Nothing was changed, dropped or put back.').waitFor()
      await keep('evidence-verified')
    })
  },
)
