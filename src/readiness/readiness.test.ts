// States, score, order of gaps, log coverage, plans and documents: pure, so asked directly.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PlanSchema } from '../model/index.ts'
import type {
  Attestation,
  CriterionState,
  GoalAssessment,
  Proof,
  ProofState,
  Readiness,
} from '../model/index.ts'
import { corrected, readGoals, readPriority } from './catalogue.ts'
import { contactSheet } from './contact-sheet.ts'
import { criterionState, gapsOf, goalState, movedSince, scoreOf, shareOf } from './goal-state.ts'
import { logCoverage } from './log-coverage.ts'
import { AssessmentResultsRules } from './oscal.rules.test-helper.ts'
import { oscalResults } from './oscal.ts'
import { planGaps } from './plan-gaps.ts'
import { planFacts } from './plan-proofs.ts'
import { readinessReport } from './report-html.ts'

const FOLDER = join(import.meta.dirname, '../../content/goals')
const GOALS = readGoals(FOLDER)
const NOW = Date.parse('2026-11-29T12:00:00Z')

describe('the catalogue', () => {
  test('holds 36 goals with keys that do not repeat, 18 or more fed by evidence', () => {
    expect(new Set(GOALS.map(({ key }) => key)).size).toBe(36)
    expect(
      GOALS.filter(({ criteria }) => criteria.some(({ evidence }) => evidence !== undefined))
        .length,
    ).toBeGreaterThanOrEqual(18)
  })

  test('shows only confirmed numbers and titles as official', () => {
    expect(GOALS.flatMap(({ id }) => (id === null ? [] : [id])).toSorted()).toEqual([
      '0.0',
      '0.1',
      '2.15',
    ])
    expect(
      GOALS.filter(({ title }) => title.en_official)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual([
      'phishing-resistant-mfa',
      'privacy-leadership',
      'separate-privileged-accounts',
      'supply-chain-incident-reporting',
    ])
    expect(GOALS.some(({ title }) => title.fr_official)).toBe(false)
  })

  test('takes a correction and leaves the rest', () => {
    const [goal] = corrected(
      GOALS,
      new Map([[GOALS[4]?.key ?? '', { title: { fr: 'Titre officiel' } }]]),
    ).slice(4)
    expect(goal?.title).toMatchObject({
      fr: 'Titre officiel',
      fr_official: true,
      en_official: false,
    })
  })
})

const proof = (state: ProofState): Proof => ({ state, said: { en: '', fr: '' }, rows: [] })
const word = (answer: Attestation['answer'], expires = '2027-01-01T00:00:00Z'): Attestation => ({
  goal: 'g',
  criterion: 'c',
  answer,
  statement: 's',
  who: 'A',
  role: '',
  made: '2026-01-01T00:00:00Z',
  expires,
})
const criterion = { key: 'c', en: 'x', fr: 'x' }

describe('a criterion', () => {
  test.each([
    ['evidence before a word', proof('not_met'), word('met'), 'not_met', 'evidence', true],
    [
      'a word where nothing is seen',
      proof('unknown'),
      word('partly'),
      'partly',
      'attestation',
      false,
    ],
    [
      'no word past its end',
      undefined,
      word('met', '2026-11-01T00:00:00Z'),
      'unknown',
      'none',
      false,
    ],
    ['nothing', undefined, undefined, 'unknown', 'none', false],
  ] as const)('%s', (_name, seen, said, state, basis, contradicted) => {
    expect(criterionState(criterion, { proof: seen, attestation: said }, NOW)).toMatchObject({
      state,
      basis,
      contradicted,
    })
  })
})

const criteria = (...states: readonly ProofState[]): CriterionState[] =>
  states.map((state, at) => ({
    ...criterionState(
      { ...criterion, key: `c${at}` },
      { proof: proof(state), attestation: undefined },
      NOW,
    ),
    state,
  }))
const assessed = (at: number, ...states: readonly ProofState[]): GoalAssessment => {
  const goal = GOALS[at]
  if (goal === undefined) throw new Error('no goal')
  const own = criteria(...states)
  return {
    goal,
    state: goalState(own, null),
    share: shareOf(own),
    criteria: own,
    owner: null,
    due: null,
    cost: null,
    effort: null,
    notApplicable: null,
    next: null,
  }
}

describe('a goal', () => {
  test.each([
    [['met', 'met'], 'met'],
    [['met', 'unknown'], 'partly'],
    [['not_met', 'unknown'], 'not_met'],
    [['partly'], 'partly'],
    [['unknown', 'unknown'], 'not_assessable'],
  ] as const)('of %j is %s', (states, expected) => {
    expect(goalState(criteria(...states), null)).toBe(expected)
  })
  test('that does not apply says so', () => {
    expect(goalState(criteria('met'), 'no OT here')).toBe('not_applicable')
  })
})

test('the score never falls when a criterion improves, and gaps are ordered by worth', () => {
  const order: readonly ProofState[] = ['not_met', 'partly', 'met']
  const scores = order.map((state) => scoreOf([assessed(0, state), assessed(8, 'partly')]))
  expect(scores).toEqual(scores.toSorted((a, b) => a - b))
  const gaps = gapsOf(GOALS.map((_, at) => assessed(at, 'unknown', 'met')))
  expect(gaps.map(({ worth }) => worth)).toEqual(
    gaps.map(({ worth }) => worth).toSorted((a, b) => b - a),
  )
  expect(movedSince({ [GOALS[0]?.key ?? '']: 'met' }, [assessed(0, 'not_met')])).toEqual([
    { goal: GOALS[0]?.key, from: 'met', to: 'not_met' },
  ])
})

test('log coverage counts days without lines and what 18 months back would lack', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-25', '2026-11-29'].map((day) => ({
    parser: 'fortigate',
    day,
    lines: 5,
  }))
  const made = logCoverage(
    readPriority(FOLDER),
    { days, fields: [{ parser: 'fortigate', field: 'src_ip', share: 0.9 }] },
    NOW,
  )
  expect(made.find(({ key }) => key === 'edge')).toMatchObject({
    state: 'arrives',
    heldDays: 10,
    gapDays: 6,
    lacking18Months: 544,
    gaps: [
      { from: '2026-11-22', to: '2026-11-24', days: 3 },
      { from: '2026-11-26', to: '2026-11-28', days: 3 },
    ],
  })
  expect(made.find(({ key }) => key === 'dns')).toMatchObject({
    state: 'missing',
    lacking18Months: 548,
  })
  const later = logCoverage(readPriority(FOLDER), { days, fields: [] }, NOW + 5 * 86_400_000)
  expect(later.find(({ key }) => key === 'edge')).toMatchObject({ state: 'silent' })
})

const contact = { name: 'Ann', role: 'CISO', phone: '613-555-0100', tested: '2026-10-01' }
const PLAN = PlanSchema.parse({
  title: 'Plan',
  owner: 'Ann',
  approvedBy: 'Council',
  approved: '2026-05-01',
  offlineCopy: 'safe',
  contacts: [
    { ...contact, kind: 'lead' },
    { ...contact, name: 'Bob', kind: 'alternate' },
    { ...contact, name: 'Centre', kind: 'authority' },
    { ...contact, name: 'MSP', kind: 'provider' },
  ],
  exercises: [{ on: '2026-09-01', kind: 'tabletop', scenario: 'Ransomware' }],
  scenarios: [{ name: 'Ransomware', starts: 'note', steps: ['Isolate'], decides: 'Ann' }],
})

describe('plans', () => {
  test('a complete plan has no gap, and each thing taken away is one', () => {
    expect(planGaps('response', PLAN, NOW)).toEqual([])
    expect(planGaps('response', null, NOW)).toEqual([{ gap: 'missing', detail: '' }])
    expect(planGaps('response', { ...PLAN, exercises: [] }, NOW)).toEqual([
      { gap: 'not_exercised', detail: '' },
    ])
    expect(
      planGaps('response', { ...PLAN, contacts: PLAN.contacts.slice(0, 2) }, NOW).map(
        ({ gap }) => gap,
      ),
    ).toEqual(['no_authority', 'no_provider'])
    expect(planGaps('recovery', PLAN, NOW).map(({ gap }) => gap)).toEqual(['no_system'])
    expect(planGaps('response', PLAN, NOW + 400 * 86_400_000).map(({ gap }) => gap)).toContain(
      'not_reviewed',
    )
  })

  test('prove goals only once one was entered', () => {
    const none = (['response', 'recovery', 'continuity', 'communications'] as const).map(
      (kind) => ({ kind, plan: null, version: 0, updated: null, by: '', gaps: [] }),
    )
    expect(planFacts(none, NOW)['plans.complete']?.state).toBe('unknown')
    const some = none.map((state) =>
      state.kind === 'response'
        ? { ...state, plan: PLAN }
        : { ...state, gaps: [{ gap: 'missing' as const, detail: '' }] },
    )
    expect(planFacts(some, NOW)).toMatchObject({
      'plans.complete': { state: 'partly', done: 1, of: 4 },
      'plans.reporting': { state: 'met' },
      'plans.backups': { state: 'unknown' },
    })
  })
})

const READINESS: Readiness = {
  asOf: '2026-11-29T12:00:00.000Z',
  organization: 'Town <script>',
  score: 40,
  goals: GOALS.map((_, at) => assessed(at, 'met', 'unknown')),
  gaps: [],
  logs: [...logCoverage(readPriority(FOLDER), { days: [], fields: [] }, NOW)],
  history: [],
}

test.each(['en', 'fr'] as const)(
  'the %s report stands alone, says what is unofficial, and lets no markup in',
  (language) => {
    const html = readinessReport(READINESS, language)
    expect(html).toContain(`lang="${language}-CA"`)
    expect(html).not.toMatch(/<script|src=|href=/u)
    expect(html.match(/<article/gu)).toHaveLength(36)
    // Whoever hears a table is told which row a cell stands in.
    expect(html.match(/<tr><th scope="row">/gu)?.length).toBeGreaterThan(40)
    expect(html).not.toContain('<th scope="row"></th>')
    expect(html).toContain(language === 'en' ? 'working title' : 'titre de travail')
  },
)

test('the contact sheet prints whom to call without network', () => {
  const html = contactSheet(
    [{ kind: 'response', plan: PLAN, version: 1, updated: null, by: '', gaps: [] }],
    'Town',
    'fr',
    READINESS.asOf,
  )
  expect(html).toContain('613-555-0100')
  expect(html).toContain('1-833-292-3788')
})

test('OSCAL names every goal once and every observation that a finding refers to', () => {
  const text = JSON.stringify(oscalResults(READINESS))
  const made: unknown = JSON.parse(text)
  expect(made).toHaveProperty('assessment-results.results.0.findings.length', 36)
  const uuids = [...text.matchAll(/"observation-uuid":"([^"]+)"/gu)].map(([, id]) => id ?? '')
  expect(
    uuids.every(
      (id) =>
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(id) &&
        text.includes(`{"uuid":"${id}"`),
    ),
  ).toBe(true)
  expect(JSON.stringify(oscalResults(READINESS))).toBe(text)
})

describe('OSCAL keeps the rules of assessment results', () => {
  const rules = (readiness: Readiness) =>
    AssessmentResultsRules.parse(JSON.parse(JSON.stringify(oscalResults(readiness))))[
      'assessment-results'
    ]
  test('with all goals, and with none that applies', () => {
    const [result] = rules(READINESS).results
    const seen = new Set(result?.observations?.map(({ uuid }) => uuid))
    for (const { 'related-observations': related = [] } of result?.findings ?? [])
      for (const { 'observation-uuid': uuid } of related) expect(seen.has(uuid)).toBe(true)
    const none = READINESS.goals.map((goal) => ({ ...goal, state: 'not_applicable' as const }))
    expect(rules({ ...READINESS, goals: none }).results[0]?.findings).toBeUndefined()
  })
  test('what it imports stands in it', () => {
    const made = rules(READINESS)
    const ids = made['back-matter']?.resources?.map(({ uuid }) => `#${uuid}`)
    expect(ids).toContain(made['import-ap'].href)
  })
})
