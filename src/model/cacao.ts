// CACAO Security Playbooks 2.0, as far as steps are followed by people: what is not known here is kept as it came.

import { z } from 'zod'

export const CACAO_LIMITS = {
  bytes: 1024 * 1024,
  depth: 40,
  steps: 500,
  commands: 100,
} as const

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const idOf = (type: string) => z.string().regex(new RegExp(`^${type}--${UUID}$`))
const Instant = z.iso.datetime()
const Name = z.string().trim().min(1).max(500)
const Text = z.string().max(20_000)

export const CACAO_STEPS = [
  'start',
  'end',
  'action',
  'playbook-action',
  'parallel',
  'if-condition',
  'while-condition',
  'switch-condition',
] as const
export type CacaoStepType = (typeof CACAO_STEPS)[number]
const StepId = z.string().regex(new RegExp(`^(?:${CACAO_STEPS.join('|')})--${UUID}$`))

const CommandSchema = z.looseObject({
  type: z.string().min(1).max(100),
  command: Text.optional(),
  description: Text.optional(),
})

/** Section 4: what every step may say, and what single kinds of step say; which of them must, is decided beside. */
export const CacaoStepSchema = z.looseObject({
  type: z.enum(CACAO_STEPS),
  name: Name.optional(),
  description: Text.optional(),
  delay: z.number().int().min(0).optional(),
  timeout: z.number().int().min(0).optional(),
  on_completion: StepId.optional(),
  on_success: StepId.optional(),
  on_failure: StepId.optional(),
  commands: z.array(CommandSchema).min(1).max(CACAO_LIMITS.commands).optional(),
  playbook_id: idOf('playbook').optional(),
  next_steps: z.array(StepId).min(1).max(CACAO_LIMITS.steps).optional(),
  condition: Text.optional(),
  on_true: StepId.optional(),
  on_false: StepId.optional(),
  switch: Text.optional(),
  cases: z.record(z.string().max(500), StepId).optional(),
})
export type CacaoStep = z.infer<typeof CacaoStepSchema>

export const CacaoPlaybookSchema = z.looseObject({
  type: z.literal('playbook'),
  spec_version: z.literal('cacao-2.0'),
  id: idOf('playbook'),
  name: Name,
  description: Text.optional(),
  created_by: idOf('identity'),
  created: Instant,
  modified: Instant,
  revoked: z.boolean().optional(),
  valid_until: Instant.optional(),
  workflow_start: idOf('start'),
  workflow: z.record(StepId, CacaoStepSchema),
})
export type CacaoPlaybook = z.infer<typeof CacaoPlaybookSchema>

export const CacaoTakenSchema = z.object({
  id: z.string(),
  name: z.string(),
  steps: z.number().int(),
  /** It stands here already, word for word. */
  known: z.boolean(),
})
export type CacaoTaken = z.infer<typeof CacaoTakenSchema>
