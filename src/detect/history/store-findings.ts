// Findings of a slice go into both engines once, whatever crashes when: written down as pending, stored beside the events,
// then made alerts in the transaction that strikes them off.

import { randomUUID } from 'node:crypto'
import type { Finding } from '../../model/index.ts'
import type { EngineLane, Records } from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { Raised, RuleFacts } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'
import { PendingSchema, pendingRuns, updateRun } from './run-records.ts'
import type { Pending } from './run-records.ts'

type Stores = { readonly lane: EngineLane; readonly records: Records }

/** Findings written down at once. */
const PER_STEP = 2000

export type NewFindings = {
  readonly run: string
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly nowMs: number
}

export async function storeFindings(stores: Stores, found: NewFindings): Promise<Raised> {
  let [raised, reopened] = [0, 0]
  for (let at = 0; at < found.findings.length; at += PER_STEP) {
    const findings = found.findings.slice(at, at + PER_STEP)
    const pending: Pending = {
      token: randomUUID(),
      nowMs: found.nowMs,
      findings: [...findings],
      rules: factsOf(findings, found.facts),
    }
    await updateRun(stores.records, found.run, { pending: JSON.stringify(pending) })
    const outcome = await finish(stores, { run: found.run, pending, again: false })
    raised += outcome.raised
    reopened += outcome.reopened
  }
  return { raised, reopened }
}

/** Ends what a crash or a failure cut off. Only while no run is under way. */
export async function finishPending(stores: Stores): Promise<void> {
  for (const row of await pendingRuns(stores.records)) {
    const pending = PendingSchema.parse(row.pending)
    const raised = await finish(stores, { run: row.id, pending, again: true })
    await updateRun(stores.records, row.id, {
      findings: BigInt(row.findings) + BigInt(pending.findings.length),
      raised: row.raised + raised.raised,
      reopened: row.reopened + raised.reopened,
    })
  }
}

type Finishing = { readonly run: string; readonly pending: Pending; readonly again: boolean }

async function finish(
  { lane, records }: Stores,
  { run, pending, again }: Finishing,
): Promise<Raised> {
  const { token, nowMs, findings, rules } = pending
  await insertFindings(lane, findings, { token, nowMs, again })
  return records.transaction().execute(async (transaction) => {
    const raised = await raiseAlerts(transaction, findings, {
      rules: new Map(rules.map((rule) => [rule.id, rule])),
      nowMs,
    })
    await updateRun(transaction, run, { pending: null })
    return raised
  })
}

function factsOf(
  findings: readonly Finding[],
  facts: ReadonlyMap<string, RuleFacts>,
): Pending['rules'] {
  return [...new Set(findings.map(({ rule }) => rule))].flatMap((id) => {
    const known = facts.get(id)
    return known === undefined ? [] : [{ ...known, attack: [...known.attack] }]
  })
}
