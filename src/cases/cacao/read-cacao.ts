// A CACAO 2.0 playbook as a file: read within limits, checked as a whole, and its steps in the order in which people take them.
// Commands are words here: nothing of a playbook is ever run.

import { canonicalJson, failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { CACAO_LIMITS, CacaoPlaybookSchema } from '../../model/index.ts'
import type { CacaoPlaybook, CacaoStep, CacaoStepType } from '../../model/index.ts'

export type CacaoFlaw = { readonly met: string; readonly expected: string }

/** The flaw names the place, as `workflow.action--….on_completion`. */
export function readCacao(text: string): Result<CacaoPlaybook, CacaoFlaw> {
  const { bytes, depth, steps } = CACAO_LIMITS
  if (Buffer.byteLength(text) > bytes)
    return failed({ met: `more than ${bytes} bytes`, expected: 'a smaller playbook' })
  if (depthOf(text) > depth)
    return failed({ met: `more than ${depth} levels`, expected: 'a flatter playbook' })
  const read = CacaoPlaybookSchema.safeParse(jsonOf(text))
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: '' }
    return failed({ met: path.join('.') || 'the file', expected: message })
  }
  if (!isUnicode(read.data))
    return failed({ met: 'text that is not Unicode', expected: 'no lone surrogates' })
  const count = Object.keys(read.data.workflow).length
  if (count > steps) return failed({ met: `${count} steps`, expected: `at most ${steps}` })
  const flaw = flawOf(read.data)
  return flaw === undefined ? ok(read.data) : failed(flaw)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What cannot be spelt in one way cannot be told apart from another version. */
function isUnicode(playbook: CacaoPlaybook): boolean {
  try {
    return canonicalJson(playbook).isWellFormed()
  } catch {
    return false
  }
}

/** Before it is parsed: brackets outside of strings. */
function depthOf(text: string): number {
  let [depth, most, isText] = [0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (isText && sign === '\\') at += 1
    else if (sign === '"') isText = !isText
    else if (!isText && (sign === '{' || sign === '[')) most = Math.max(most, (depth += 1))
    else if (!isText && (sign === '}' || sign === ']')) depth -= 1
  }
  return most
}

/** What a kind of step must say (CACAO 2.0 section 4). */
const NEEDED: Readonly<Record<CacaoStepType, readonly (keyof CacaoStep)[]>> = {
  start: ['on_completion'],
  end: [],
  action: ['commands'],
  'playbook-action': ['playbook_id'],
  parallel: ['next_steps'],
  'if-condition': ['condition', 'on_true'],
  'while-condition': ['condition', 'on_true'],
  'switch-condition': ['switch', 'cases'],
}

function flawOf({ workflow, workflow_start: start }: CacaoPlaybook): CacaoFlaw | undefined {
  if (workflow[start] === undefined)
    return { met: `workflow_start ${start}`, expected: 'a step of the workflow' }
  for (const [id, step] of Object.entries(workflow)) {
    const flaw = stepFlaw(id, step, workflow)
    if (flaw !== undefined) return flaw
  }
  return Object.values(workflow).some(({ type }) => type === 'end')
    ? undefined
    : { met: 'workflow', expected: 'a step of type end' }
}

function stepFlaw(
  id: string,
  step: CacaoStep,
  workflow: CacaoPlaybook['workflow'],
): CacaoFlaw | undefined {
  const place = `workflow.${id}`
  if (!id.startsWith(`${step.type}--`))
    return { met: `${place}.type ${step.type}`, expected: 'the type that the id says' }
  const missing = NEEDED[step.type].find((name) => step[name] === undefined)
  if (missing !== undefined) return { met: place, expected: missing }
  if (step.type === 'end' && nextOf(step).length > 0)
    return { met: place, expected: 'no step behind an end' }
  if (step.on_completion !== undefined && (step.on_success ?? step.on_failure) !== undefined)
    return { met: place, expected: 'on_completion, or on_success and on_failure' }
  const lost = nextOf(step).find((next) => !Object.hasOwn(workflow, next))
  return lost === undefined
    ? undefined
    : { met: `${place}: ${lost}`, expected: 'a step of the workflow' }
}

/** Every step that may follow, in the order in which they are named. */
export function nextOf(step: CacaoStep): readonly string[] {
  return [
    step.on_true,
    step.on_false,
    ...Object.values(step.cases ?? {}),
    ...(step.next_steps ?? []),
    step.on_completion,
    step.on_success,
    step.on_failure,
  ].filter((next) => next !== undefined)
}

/** Steps for people, as they come from the start: each once, whatever loops there are. */
export function stepsInOrder({
  workflow,
  workflow_start: start,
}: CacaoPlaybook): readonly { readonly id: string; readonly step: CacaoStep }[] {
  const seen = new Set<string>()
  const ordered: { id: string; step: CacaoStep }[] = []
  const waiting = [start]
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const step = workflow[id]
    if (step === undefined || seen.has(id)) continue
    seen.add(id)
    if (step.type !== 'start' && step.type !== 'end') ordered.push({ id, step })
    // Depth first: what belongs to a branch stands before what comes after it.
    waiting.unshift(...nextOf(step))
  }
  return ordered
}
