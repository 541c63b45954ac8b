// Playbooks as CACAO 2.0: our own, step after step; others' as they came. With a case, each step says how far it got there.

import { nameBasedUuid } from '../../core/index.ts'
import type { CacaoPlaybook, CaseTask, Playbook } from '../../model/index.ts'

/** Ids are made of these names: the same playbook gives the same objects. */
const SPACE = '0d1b6d3e-5a0e-4bb0-8f8a-4b4f8c0f3a55'
/** What a case adds to steps: section 9 (extensions). */
export const STEP_EXTENSION = `extension-definition--${nameBasedUuid(SPACE, 'step state')}`
/** When the content that comes along was written in this form first. */
const MADE = '2026-11-30T00:00:00.000Z'
const MAKER = `identity--${nameBasedUuid(SPACE, 'vigie')}`

/** `language`: CACAO has one. */
export function exportCacao(
  { id, title, when, steps }: Playbook,
  language: 'en' | 'fr',
): CacaoPlaybook {
  const uuid = (about: string) => nameBasedUuid(SPACE, `${id}\n${language}\n${about}`)
  const start = `start--${uuid('start')}`
  const end = `end--${uuid('end')}`
  const ids = steps.map((step) => `action--${uuid(step.id)}`)
  const actions = steps.map((step, at) => [
    ids[at] ?? '',
    {
      type: 'action' as const,
      name: step.title[language],
      description: step.how[language],
      ...(step.within === null ? {} : { timeout: step.within * 3_600_000 }),
      on_completion: ids[at + 1] ?? end,
      commands: [{ type: 'manual', command: step.how[language] }],
    },
  ])
  return {
    type: 'playbook',
    spec_version: 'cacao-2.0',
    id: `playbook--${uuid('playbook')}`,
    name: title[language],
    description: when[language],
    playbook_types: ['investigation', 'mitigation', 'remediation'],
    created_by: MAKER,
    created: MADE,
    modified: MADE,
    workflow_start: start,
    workflow: {
      [start]: { type: 'start', on_completion: ids[0] ?? end },
      ...Object.fromEntries(actions),
      [end]: { type: 'end' },
    },
  }
}

/** With how far each step got in a case. Names of people stay in the case. */
export function withProgress(
  playbook: CacaoPlaybook,
  { tasks, from }: { readonly tasks: readonly CaseTask[]; readonly from: Playbook },
): CacaoPlaybook {
  const order = from.steps.map(({ id }) => `${from.id}/${id}`)
  const actions = Object.keys(playbook.workflow).filter((id) => !/^(?:start|end)--/.test(id))
  const stepOf = (name: string) => {
    const own = name.slice(from.id.length + 1)
    return playbook.workflow[own] === undefined ? actions[order.indexOf(name)] : own
  }
  const states = tasks.flatMap(({ playbook: name, done, due }) => {
    const step = name === null || !order.includes(name) ? undefined : stepOf(name)
    return step === undefined
      ? []
      : [[step, { state: done === null ? 'open' : 'done', done, due }] as const]
  })
  if (states.length === 0) return playbook
  const workflow = { ...playbook.workflow }
  for (const [id, state] of states) {
    const step = workflow[id]
    if (step !== undefined) workflow[id] = { ...step, step_extensions: { [STEP_EXTENSION]: state } }
  }
  return {
    ...playbook,
    extension_definitions: {
      ...(typeof playbook['extension_definitions'] === 'object'
        ? playbook['extension_definitions']
        : {}),
      [STEP_EXTENSION]: {
        type: 'extension-definition',
        name: 'Step state',
        description: 'How far a step got in a case: open or done, when, and until when it was due',
        created_by: MAKER,
        schema: 'https://json-schema.org/draft/2020-12/schema',
        version: '1.0.0',
      },
    },
    workflow,
  }
}
