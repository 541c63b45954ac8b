import { describe, expect, test } from 'vitest'
import { CacaoPlaybookSchema } from '../../model/index.ts'
import type { CaseTask, Playbook } from '../../model/index.ts'
import { asPlaybook } from './as-playbook.ts'
import { STEP_EXTENSION, exportCacao, withProgress } from './export-cacao.ts'
import { readCacao } from './read-cacao.ts'

const id = (type: string, n: number) =>
  `${type}--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const step = (type: string, n: number, more: object) => [id(type, n), { type, ...more }] as const

/** Look, decide, block in two ways at once, or watch until it is over. */
const workflow = Object.fromEntries([
  step('start', 1, { on_completion: id('action', 2) }),
  step('action', 2, {
    name: 'Look at the gateway',
    description: 'Sessions and accounts',
    timeout: 7_200_000,
    commands: [{ type: 'ssh', command: 'show users; rm -rf /' }],
    on_success: id('if-condition', 3),
    on_failure: id('end', 9),
  }),
  step('if-condition', 3, {
    condition: 'an unknown account',
    on_true: id('parallel', 4),
    on_false: id('while-condition', 7),
    on_completion: id('end', 9),
  }),
  step('parallel', 4, { next_steps: [id('action', 5), id('action', 6)] }),
  step('action', 5, { name: 'Block it', commands: [{ type: 'manual' }] }),
  step('action', 6, { name: 'Tell the provider', commands: [{ type: 'manual' }] }),
  step('while-condition', 7, {
    condition: 'still unclear',
    on_true: id('action', 8),
    on_completion: id('end', 9),
  }),
  step('action', 8, {
    name: 'Watch',
    commands: [{ type: 'manual' }],
    on_completion: id('while-condition', 7),
  }),
  step('end', 9, {}),
])
const playbook = (change: object = {}) => ({
  type: 'playbook',
  spec_version: 'cacao-2.0',
  id: id('playbook', 1),
  name: 'A gateway was taken',
  created_by: id('identity', 1),
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-02T00:00:00.000Z',
  x_vendor: { kept: true },
  workflow_start: id('start', 1),
  workflow,
  ...change,
})
const read = (value: unknown) => readCacao(JSON.stringify(value))
const good = (value: unknown = playbook()) => {
  const result = read(value)
  if (!result.ok) throw new Error(`${result.problem.met}: ${result.problem.expected}`)
  return result.value
}

test('steps come in the order in which they are taken, each once, loops and branches with their way on', () => {
  const { steps } = asPlaybook(good())
  expect(steps.map(({ title }) => title.en)).toEqual([
    'Look at the gateway',
    'an unknown account',
    id('parallel', 4),
    'Block it',
    'Tell the provider',
    'still unclear',
    'Watch',
  ])
  expect(steps[0]?.within).toBe(2)
  expect(steps[0]?.how.en).toContain('[ssh] show users; rm -rf /')
  expect(steps[1]?.how.en).toContain('on_false: still unclear')
})

test('what is not known here is kept as it came', () => {
  expect(good()['x_vendor']).toEqual({ kept: true })
})

const broken = (n: number, type: string, change: object) => ({
  ...playbook(),
  workflow: { ...workflow, [id(type, n)]: { type, ...change } },
})
describe('what is wrong is refused with its place', () => {
  test.each([
    ['another form', { type: 'bundle' }, 'type'],
    ['an older version', playbook({ spec_version: '1.1' }), 'spec_version'],
    ['no start', playbook({ workflow_start: id('start', 7) }), 'workflow_start'],
    [
      'a lost step',
      broken(2, 'action', { commands: [{ type: 'manual' }], on_completion: id('action', 77) }),
      id('action', 77),
    ],
    ['an action without commands', broken(2, 'action', {}), `workflow.${id('action', 2)}`],
    [
      'two ways on',
      broken(2, 'action', {
        commands: [{ type: 'manual' }],
        on_completion: id('end', 9),
        on_success: id('end', 9),
      }),
      'workflow.',
    ],
    ['something behind an end', broken(9, 'end', { on_completion: id('action', 2) }), id('end', 9)],
    [
      'a condition without a way',
      broken(3, 'if-condition', { condition: 'x' }),
      id('if-condition', 3),
    ],
    [
      'a type that is not the id’s',
      { ...playbook(), workflow: { ...workflow, [id('action', 2)]: { type: 'end' } } },
      '.type end',
    ],
    ['an unknown kind of step', broken(2, 'robot', {}), 'workflow'],
    [
      'no end',
      playbook({
        workflow: { [id('start', 1)]: { type: 'start', on_completion: id('start', 1) } },
      }),
      'workflow',
    ],
    [
      'a prototype for a step',
      JSON.parse(JSON.stringify(playbook()).replace(`"${id('action', 8)}":`, '"__proto__":')),
      '',
    ],
  ])('%s', (_, value, place) => {
    const result = read(value)
    expect(result.ok).toBe(false)
    expect(result.ok ? '' : result.problem.met).toContain(place)
  })

  test('what is too large, too deep, no JSON or no Unicode', () => {
    expect(readCacao(`"${'x'.repeat(1024 * 1024)}"`)).toMatchObject({
      problem: { expected: 'a smaller playbook' },
    })
    expect(readCacao('['.repeat(50_000))).toMatchObject({
      problem: { expected: 'a flatter playbook' },
    })
    expect(readCacao('{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["')).toMatchObject({
      ok: false,
    })
    expect(read(playbook({ name: 'a\uD800' }))).toMatchObject({
      problem: { met: 'text that is not Unicode' },
    })
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, n) => [id('end', n + 100), { type: 'end' }]),
    )
    expect(read(playbook({ workflow: { ...workflow, ...many } }))).toMatchObject({
      problem: { expected: 'at most 500' },
    })
  })
})

const OWN: Playbook = {
  id: 'edge-device',
  source: 'content',
  title: { en: 'An edge device', fr: 'Un équipement de périphérie' },
  when: { en: 'When', fr: 'Quand' },
  steps: [
    {
      id: 'cut',
      title: { en: 'Cut it off', fr: 'L’isoler' },
      how: { en: 'How', fr: 'Comment' },
      within: 4,
    },
    {
      id: 'keep',
      title: { en: 'Keep', fr: 'Garder' },
      how: { en: 'Copy', fr: 'Copier' },
      within: null,
    },
  ],
}
const task = (name: string, done: string | null): CaseTask => ({
  id: name,
  title: name,
  how: '',
  playbook: name,
  owner: 'Ann',
  due: null,
  isLate: false,
  done,
  doneBy: done === null ? '' : 'Ann',
  result: '',
})

test('our own playbooks go out as what we read ourselves, with the same ids each time', () => {
  const out = exportCacao(OWN, 'fr')
  expect(exportCacao(OWN, 'fr')).toEqual(out)
  expect(exportCacao(OWN, 'en').id).not.toBe(out.id)
  const back = asPlaybook(good(out))
  expect(back.steps.map(({ title, within }) => [title.fr, within])).toEqual([
    ['L’isoler', 4],
    ['Garder', null],
  ])
})

test('with a case, each step says how far it got, and nobody’s name leaves', () => {
  const done = '2026-11-30T00:00:00.000Z'
  const out = withProgress(exportCacao(OWN, 'en'), {
    from: OWN,
    tasks: [task('edge-device/cut', done), task('edge-device/keep', null), task('other/x', null)],
  })
  const states = Object.values(out.workflow).flatMap((one) => one['step_extensions'] ?? [])
  expect(states).toEqual([
    { [STEP_EXTENSION]: { state: 'done', done, due: null } },
    { [STEP_EXTENSION]: { state: 'open', done: null, due: null } },
  ])
  expect(JSON.stringify(out)).not.toContain('Ann')
  expect(CacaoPlaybookSchema.safeParse(out).success).toBe(true)
  // Those of others keep their own ids.
  const theirs = good()
  const from = asPlaybook(theirs)
  const two = withProgress(theirs, { from, tasks: [task(`${theirs.id}/${id('action', 5)}`, done)] })
  expect(two.workflow[id('action', 5)]?.['step_extensions']).toBeDefined()
})
