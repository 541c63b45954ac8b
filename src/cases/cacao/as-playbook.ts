// A CACAO playbook as one whose steps become tasks of a case.

import { HOUR_MS } from '../../core/index.ts'
import type { CacaoPlaybook, CacaoStep, Playbook } from '../../model/index.ts'
import { stepsInOrder } from './read-cacao.ts'

const MOST_TITLE = 300
const MOST_HOW = 4000

export function asPlaybook(playbook: CacaoPlaybook): Playbook {
  return {
    id: playbook.id,
    source: 'cacao',
    title: both(playbook.name),
    when: both(playbook.description ?? ''),
    steps: stepsInOrder(playbook).map(({ id, step }) => ({
      id,
      title: both(titleOf(id, playbook)),
      how: both(howOf(step, playbook)),
      within: step.timeout === undefined ? null : Math.max(1, Math.ceil(step.timeout / HOUR_MS)),
    })),
  }
}

/** It is written in one language, whichever that is. */
function both(text: string) {
  return { en: text, fr: text }
}

function titleOf(id: string, playbook: CacaoPlaybook): string {
  return nameOf(id, playbook).slice(0, MOST_TITLE)
}

function nameOf(id: string, { workflow }: CacaoPlaybook): string {
  const step = workflow[id]
  return plain(step?.name ?? step?.condition ?? step?.switch ?? id)
}

/** In the words of the standard: they say which way to go on. */
function howOf(step: CacaoStep, playbook: CacaoPlaybook): string {
  const to = (word: string, next: string | undefined) =>
    next === undefined ? [] : [`${word}: ${nameOf(next, playbook)}`]
  const lines = [
    ...(step.description === undefined ? [] : [step.description]),
    ...(step.condition === undefined ? [] : [`${step.type}: ${step.condition}`]),
    ...(step.switch === undefined ? [] : [`${step.type}: ${step.switch}`]),
    ...(step.commands ?? []).map(
      ({ type, command, description }) =>
        `[${type}] ${[description, command].filter((part) => part !== undefined).join(' – ')}`,
    ),
    ...(step.playbook_id === undefined ? [] : [`[playbook] ${step.playbook_id}`]),
    ...to('on_true', step.on_true),
    ...to('on_false', step.on_false),
    ...Object.entries(step.cases ?? {}).flatMap(([value, next]) => to(value, next)),
    ...(step.next_steps ?? []).flatMap((next) => to('next_steps', next)),
    ...to('on_success', step.on_success),
    ...to('on_failure', step.on_failure),
  ]
  return lines.map(plain).join('\n').slice(0, MOST_HOW)
}

/** Without what could steer a terminal or turn the direction of a line. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}
