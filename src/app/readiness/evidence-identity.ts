// Evidence that identity checks give to readiness goals, and whether somebody confirmed who is watched first.

import { readCheckBook } from '../../identity/index.ts'
import type { Proof } from '../../model/index.ts'
import type { EvidenceProviders } from '../../readiness/index.ts'
import type { Records } from '../../store/index.ts'
import { CONTENT } from '../content.ts'
import { proofOf, unseen } from './proof.ts'

const IDENTITY_GOALS = [
  'vendor-supplier-requirements',
  'password-strength',
  'unique-credentials',
  'revoke-departing',
  'separate-privileged-accounts',
  'phishing-resistant-mfa',
  'sensitive-data',
  'hw-sw-approval',
  'log-collection',
] as const
/** Checks on who can take over everything (content/identity). */
const PRIVILEGED_MFA = ['I01', 'I02', 'I03', 'I04', 'I10']

export function identityEvidence(records: Records): EvidenceProviders {
  const byGoal = IDENTITY_GOALS.map(
    (goal) => [`identity.${goal}`, () => identityProof(records, goalChecks(goal))] as const,
  )
  return {
    ...Object.fromEntries(byGoal),
    'identity.mfa-privileged': () => identityProof(records, async () => PRIVILEGED_MFA),
    'identity.critical-reviewed': () => criticalProof(records),
  }
}

function goalChecks(goal: string): () => Promise<readonly string[]> {
  return async () => {
    const { checks } = readCheckBook(CONTENT.identity)
    // The baseline asks again what the checks ask: counted once.
    return checks
      .filter(({ goals, group }) => group !== 'tenant' && goals.includes(goal))
      .map(({ id }) => id)
  }
}

async function identityProof(
  records: Records,
  checks: () => Promise<readonly string[]>,
): Promise<Proof> {
  const ids = await checks()
  const rows = await records
    .selectFrom('identity_results')
    .select(['check_id', 'verdict', 'found'])
    .where('check_id', 'in', [...ids, ''])
    .execute()
  const of = (verdict: string) => rows.filter((row) => row.verdict === verdict)
  const [failed, passed] = [of('fail'), of('pass')]
  if (failed.length + passed.length === 0) return unseen('identity')
  const open = ids.length - failed.length - passed.length
  const state =
    failed.length === 0
      ? open === 0 || passed.length > open
        ? 'met'
        : 'partly'
      : passed.length > 0
        ? 'partly'
        : 'not_met'
  const links = (failed.length > 0 ? failed : passed).map(({ check_id, found }) => ({
    text: `${check_id} (${found})`,
    link: `/identity/${check_id}`,
  }))
  return proofOf(state, (say) => say.identity(failed.length, passed.length, open), links)
}

async function criticalProof(records: Records): Promise<Proof> {
  const rows = await records.selectFrom('critical_items').select(['state', 'review']).execute()
  if (rows.length === 0) return unseen('critical')
  const confirmed = rows.filter(({ state }) => state === 'confirmed').length
  const proposed = rows.filter(({ state }) => state === 'proposed').length
  const state = proposed === 0 ? 'met' : confirmed > 0 ? 'partly' : 'not_met'
  return proofOf(state, (say) => say.critical(confirmed, proposed), [
    { text: 'C1–C4', link: '/identity/critical' },
  ])
}
