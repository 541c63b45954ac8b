// Playbooks of others that a station took in: each as it came, by its id; a newer version takes the place of an older one.

import { VigieError, canonicalJson } from '../../core/index.ts'
import { CacaoPlaybookSchema } from '../../model/index.ts'
import type { CacaoPlaybook, CacaoTaken, Playbook } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Act } from '../book/acts.ts'
import { asPlaybook } from './as-playbook.ts'
import { readCacao, stepsInOrder } from './read-cacao.ts'

const MOST_KEPT = 500

/** Throws BAD_REQUEST with the place that is wrong, for what was revoked or has ended, and for what is older than what stands here. */
export async function importCacao(
  records: Records,
  text: string,
  { who, nowMs }: Act,
): Promise<CacaoTaken> {
  const read = readCacao(text)
  if (!read.ok) throw new VigieError('BAD_REQUEST', read.problem)
  const playbook = read.value
  const { id, name, modified, revoked, valid_until: until } = playbook
  if (revoked === true || (until !== undefined && Date.parse(until) <= nowMs))
    throw new VigieError('BAD_REQUEST', {
      met: `${id}, which ${revoked === true ? 'its maker revoked' : `ended ${until ?? ''}`}`,
      expected: 'a playbook that holds',
    })
  const body = canonicalJson(playbook)
  const before = await bodyOf(records, id)
  const taken = { id, name, steps: stepsInOrder(playbook).length }
  if (before?.body === body) return { ...taken, known: true }
  if (before !== undefined && Date.parse(modified) <= Date.parse(before.version))
    throw new VigieError('BAD_REQUEST', {
      met: `${id} of ${modified}`,
      expected: `a version later than ${before.version}, which stands here`,
    })
  if (before === undefined) await refuseFlood(records)
  const values = { name, version: modified, body, made: new Date(nowMs), made_by: who }
  await records
    .insertInto('cacao_playbooks')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
  return { ...taken, known: false }
}

async function refuseFlood(records: Records): Promise<void> {
  const { n } = await records
    .selectFrom('cacao_playbooks')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_KEPT)
    throw new VigieError('BAD_REQUEST', {
      met: `${MOST_KEPT} playbooks`,
      expected: 'fewer; they stay in the records',
    })
}

function bodyOf(records: Records, id: string) {
  return records
    .selectFrom('cacao_playbooks')
    .select(['body', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function listCacao(records: Records): Promise<readonly Playbook[]> {
  const rows = await records.selectFrom('cacao_playbooks').select('body').orderBy('name').execute()
  return rows.map(({ body }) => asPlaybook(CacaoPlaybookSchema.parse(JSON.parse(body))))
}

/** As it came. Undefined when there is none. */
export async function readCacaoBody(
  records: Records,
  id: string,
): Promise<CacaoPlaybook | undefined> {
  const row = await bodyOf(records, id)
  return row === undefined ? undefined : CacaoPlaybookSchema.parse(JSON.parse(row.body))
}
