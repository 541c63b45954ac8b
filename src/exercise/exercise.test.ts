// The same seed plays the same exercise; labels are of lines that exist; the card counts as it says.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { NETWORKS, networkOfAddress } from './country/address-plan.ts'
import { CAMPAIGN_NAMES, ORGANISATION_KINDS, START_MS, scoreOf, simulate } from './index.ts'
import type { Label, SimulationOptions } from './index.ts'

const HOUR = 3_600_000
const options = (more: Partial<SimulationOptions> = {}): SimulationOptions => ({
  seed: 7,
  kind: 'water-utility',
  days: 14,
  noise: 1,
  stealth: 1,
  ...more,
})

function digestOf(more: Partial<SimulationOptions>): string {
  const hash = createHash('sha256')
  for (const { lines } of simulate(options(more)).hours())
    for (const { source, text } of lines) hash.update(`${source}\t${text}\n`)
  return hash.digest('hex')
}

test('the same seed gives the same bytes, another seed others', () => {
  const first = digestOf({})
  expect(digestOf({})).toBe(first)
  expect(digestOf({ seed: 8 })).not.toBe(first)
})

test('ordinary life is the same whether a campaign is played in it or not', () => {
  const quiet = [...simulate(options({ campaigns: [] })).hours()].flatMap(({ lines }) => lines)
  const { labels, hours } = simulate(options())
  const labelled = new Set(labels.map(({ line }) => line))
  const rest = [...hours()].flatMap(({ lines }) => lines).filter(({ text }) => !labelled.has(text))
  expect(rest.map(({ text }) => text)).toEqual(quiet.map(({ text }) => text))
})

test.each(ORGANISATION_KINDS)(
  'at the %s, labels are of lines that exist, in their hour',
  (kind) => {
    for (const stealth of [0, 3] as const) {
      const { labels, hours } = simulate(options({ kind, stealth }))
      expect(labels.length).toBeGreaterThan(0)
      const byHour = new Map(
        [...hours()].map(({ endMs, lines }) => [endMs, new Set(lines.map(({ text }) => text))]),
      )
      expect(byHour.size).toBe(14 * 24)
      for (const { timeMs, line, isCollected, entities } of labels) {
        const lines = byHour.get((Math.floor(timeMs / HOUR) + 1) * HOUR)
        expect(lines?.has(line)).toBe(isCollected)
        expect(entities.length).toBeGreaterThan(0)
      }
    }
  },
)

test('each campaign is played somewhere, and none where none is asked for', () => {
  const played = ORGANISATION_KINDS.flatMap((kind) =>
    simulate(options({ kind })).labels.map(({ campaign }) => campaign),
  )
  expect([...new Set(played)].toSorted()).toEqual([...CAMPAIGN_NAMES].toSorted())
  expect(simulate(options({ campaigns: [] })).labels).toEqual([])
})

test('an intruder who knows the detectors comes from the street of the account’s owner', () => {
  const { labels } = simulate(options({ kind: 'town', stealth: 3, campaigns: ['home-router'] }))
  const relay = labels
    .find(({ step }) => step === 'vpn-login')
    ?.entities.find(({ kind }) => kind === 'address')?.name
  expect(networkOfAddress(relay ?? '')?.type).toMatch(/residential|satellite/)
  expect(labels.some(({ step }) => step === 'password-guesses')).toBe(false)
})

test('no two networks of the country share a range, all of it kept for measuring', () => {
  expect(new Set(NETWORKS.map(({ prefix }) => prefix)).size).toBe(NETWORKS.length)
  for (const { prefix } of NETWORKS) expect(prefix).toMatch(/^198\.1[89]\.\d+\.0\/20$/)
})

const label = (step: Label['step'], hour: number, name: string, isCollected = true): Label => ({
  organisation: 'town',
  campaign: 'home-router',
  step,
  attack: 'T1133',
  timeMs: START_MS + hour * HOUR + 60_000,
  entities: [{ kind: 'account', name }],
  source: 'syslog/x',
  isCollected,
  line: `${step} ${hour}`,
})
const START_HOUR = START_MS / HOUR

test('an alert is true by entity and hour, whichever case a name is in; steps say why they were missed', () => {
  const alert = (name: string, ...hours: readonly number[]) => ({
    entity: { kind: 'account', name } as const,
    hours: hours.map((hour) => START_HOUR + hour),
    toldMs: START_MS + (Math.max(...hours) + 3) * HOUR,
    because: ['rule'],
  })
  const score = scoreOf({
    organisation: 'town',
    days: 10,
    lines: 4,
    labels: [
      label('vpn-login', 50, 'ana'),
      label('read-files', 52, 'ana'),
      label('look-around', 80, 'ana'),
      label('take-out', 90, 'bob'),
      label('come-back', 95, 'bob', false),
    ],
    alerts: [alert('ANA', 51, 52), alert('ana', 60), alert('eve', 50), alert('eve', 150)],
    found: [{ entity: { kind: 'account', name: 'ana' }, hour: START_HOUR + 80 }],
  })
  expect(score.alerts.map(({ isTrue }) => isTrue)).toEqual([true, false, false, false])
  expect(score).toMatchObject({ trueAlerts: 1, falseAlerts: 3, days: 9, quietDays: 7 })
  expect(score.falseOnQuietDays).toBe(1)
  const [campaign] = score.campaigns
  expect(campaign?.hoursToFirstAlert).toBe(5)
  expect(campaign?.steps.map(({ state }) => state)).toEqual([
    'unseen',
    'told',
    'found',
    'unseen',
    'not-collected',
  ])
})
