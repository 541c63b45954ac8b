import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import type { Tier } from '../../model/index.ts'
import { deadlineOf } from './deadline.ts'
import type { DeadlineInput } from './deadline.ts'
import { estimate } from './estimate.ts'
import { bodTier, coordinatorPriority, deployerPriority, humanImpactOf } from './tables.ts'
import type {
  CoordinatorFactors,
  DeployerFactors,
  HumanImpact,
  Impact,
  MissionImpact,
  SafetyImpact,
} from './tables.ts'

const POSTURE = join(import.meta.dirname, '../../../../shared/data/posture')
const isHere = existsSync(POSTURE)

function rowsOf(file: string): readonly (readonly string[])[] {
  if (!isHere) return []
  return readFileSync(join(POSTURE, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
}

const NAMES: Readonly<Record<string, Tier>> = {
  '3 days & forensic investigation': 'three-days-forensic',
  '3 days': 'three-days',
  '14 days': 'fourteen-days',
  '60 days': 'sixty-days',
  'fix on system upgrade': 'upgrade',
}

describe.skipIf(!isHere)('published tables', () => {
  test.each(rowsOf('bod_26_04.csv'))(
    'BOD 26-04 row %s: %s %s %s %s is %s',
    (_, kev, exposed, automatable, impact, expected = '') => {
      const factors = {
        exploited: kev === 'yes',
        exposed: exposed === 'yes',
        automatable: automatable === 'yes',
        impact: impact as Impact,
      }
      expect(bodTier(factors)).toBe(NAMES[expected])
    },
  )

  test.each(rowsOf('ssvc_deployer.csv'))(
    'deployer row %s: %s %s %s %s is %s',
    (_, exploitation, exposure, automatable, human, expected) => {
      const factors = {
        exploitation,
        exposure,
        automatable: automatable === 'yes',
        humanImpact: human,
      } as DeployerFactors
      expect(deployerPriority(factors)).toBe(expected)
    },
  )

  test.each(rowsOf('ssvc_cisa_coordinator.csv'))(
    'coordinator row %s: %s %s %s %s is %s',
    (_, exploitation, automatable, impact, wellBeing, expected) => {
      const factors = {
        exploitation,
        automatable: automatable === 'yes',
        impact,
        wellBeing,
      } as CoordinatorFactors
      expect(coordinatorPriority(factors)).toBe(expected)
    },
  )

  test.each(rowsOf('ssvc_human_impact.csv'))(
    'human impact row %s: %s %s is %s',
    (_, safety, mission, expected) => {
      expect(humanImpactOf(safety as SafetyImpact, mission as MissionImpact)).toBe(expected)
    },
  )
})

const DETECTED = Date.parse('2026-08-20T12:00:00Z')
const ADDED = Date.parse('2026-08-10T00:00:00Z')
const CALM: DeadlineInput = {
  listed: [],
  facing: 'internal',
  isEdge: false,
  automatable: { is: false, from: 'cisa' },
  impact: { is: 'partial', from: 'cisa' },
  humanImpact: 'low',
  guardsIdentityOrOt: false,
  detectedMs: DETECTED,
  directiveDueMs: undefined,
  supportEnded: false,
}
const KEV = { list: 'CISA KEV', addedMs: ADDED, dueMs: ADDED + 3 * DAY_MS, ransomware: false }

/** Each way one risk may rise, on top of whatever else is said. */
const RISES: Readonly<Record<string, (input: DeadlineInput) => DeadlineInput>> = {
  exploited: (input) => ({ ...input, listed: [...input.listed, KEV] }),
  'on another list': (input) => ({
    ...input,
    listed: [
      ...input.listed,
      { ...KEV, list: 'Cyber Centre', addedMs: undefined, dueMs: undefined },
    ],
  }),
  ransomware: (input) => ({
    ...input,
    listed: input.listed.map((one) => ({ ...one, ransomware: true })),
  }),
  exposed: (input) => ({ ...input, facing: 'internet' }),
  automatable: (input) => ({ ...input, automatable: { is: true, from: 'cisa' } }),
  total: (input) => ({ ...input, impact: { is: 'total', from: 'cisa' } }),
  'of high impact': (input) => ({ ...input, humanImpact: 'very high' }),
  'at the edge': (input) => ({ ...input, isEdge: true }),
  'the way to identity or OT': (input) => ({ ...input, guardsIdentityOrOt: true }),
  'named by a directive': (input) => ({ ...input, directiveDueMs: DETECTED + 2 * DAY_MS }),
  'out of support': (input) => ({ ...input, supportEnded: true }),
}

/** All combinations of the rises. */
const COMBINATIONS = Object.values(RISES).reduce<readonly DeadlineInput[]>(
  (inputs, rise) => [...inputs, ...inputs.map(rise)],
  [CALM],
)

describe('deadlines', () => {
  test.each(Object.entries(RISES))('are never later once it is %s', (_, rise) => {
    for (const input of COMBINATIONS) {
      const [before, after] = [deadlineOf(input), deadlineOf(rise(input))]
      expect(after.dueMs ?? Infinity).toBeLessThanOrEqual(before.dueMs ?? Infinity)
    }
  })

  test('start with the listing, say that they were overdue on arrival, and name what can still be met', () => {
    const { dueMs, workByMs, mitigateByMs, triage, basis } = deadlineOf({
      ...CALM,
      listed: [KEV],
      facing: 'internet',
      automatable: { is: true, from: 'cisa' },
      impact: { is: 'total', from: 'cisa' },
    })
    expect(dueMs).toBe(ADDED + 3 * DAY_MS)
    expect(workByMs).toBe(DETECTED + DAY_MS)
    expect(mitigateByMs).toBe(ADDED + DAY_MS)
    expect(triage?.decideByMs).toBe(DETECTED + 3 * DAY_MS)
    expect(basis).toMatchObject({ tier: 'three-days-forensic', overdueOnArrival: true })
  })

  test('of what nobody placed presume an edge product to be reachable, and nothing else', () => {
    expect(deadlineOf({ ...CALM, facing: 'unknown', isEdge: true }).basis.exposed).toBe(true)
    expect(deadlineOf({ ...CALM, facing: 'unknown' }).basis.exposed).toBe(false)
    expect(deadlineOf({ ...CALM, facing: 'internal', isEdge: true }).basis.exposed).toBe(false)
  })

  test.each([
    [true, 'internet', 'disconnect'],
    [true, 'internal', 'replace'],
    [false, 'internet', 'replace'],
  ] as const)('without support, exploited %s and %s, it is to %s', (exploited, facing, action) => {
    expect(
      deadlineOf({ ...CALM, listed: exploited ? [KEV] : [], facing, supportEnded: true }).action,
    ).toBe(action)
  })
})

describe('what CISA does not say', () => {
  const CITRIX_BLEED_2 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'
  test('is estimated from the vector, and marked', () => {
    expect(estimate({}, CITRIX_BLEED_2, false)).toEqual({
      automatable: { is: true, from: 'estimated' },
      impact: { is: 'partial', from: 'estimated' },
    })
  })
  test('is total for what is exploited, and what CISA says goes first', () => {
    expect(estimate({}, CITRIX_BLEED_2, true).impact).toEqual({ is: 'total', from: 'assumed' })
    expect(estimate({ impact: 'partial', automatable: false }, CITRIX_BLEED_2, true)).toEqual({
      automatable: { is: false, from: 'cisa' },
      impact: { is: 'partial', from: 'cisa' },
    })
  })
  test('without a vector is what the directive assumes', () => {
    expect(estimate({}, undefined, false)).toEqual({
      automatable: { is: false, from: 'assumed' },
      impact: { is: 'total', from: 'assumed' },
    })
  })
  test.each<readonly [HumanImpact]>([['high'], ['very high']])(
    '%s human impact shortens by one tier',
    (humanImpact) => {
      expect(deadlineOf({ ...CALM, humanImpact }).basis).toMatchObject({
        baseTier: 'upgrade',
        tier: 'sixty-days',
        modifiers: ['human-impact'],
      })
    },
  )
})
