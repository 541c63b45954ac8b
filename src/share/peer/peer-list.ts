// Peers as people see them.

import { DAY_MS } from '../../core/index.ts'
import type { SharePeer, SharingAgreement } from '../../model/index.ts'
import { AgreementSchema, PeerProblemSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { HUB_ROOT, sightingsOf } from '../hub/places.ts'
import { listPeers } from './peers.ts'
import type { PeerRow } from './peers.ts'
import { offerOf } from './renewal.ts'

export async function peerList(records: Records, nowMs: number): Promise<readonly SharePeer[]> {
  const peers: SharePeer[] = []
  for (const row of await listPeers(records))
    peers.push({
      ...peerOf(row, nowMs),
      objects: row.role === 'hub' ? await receivedBy(records, row) : await reportedBy(records, row),
      waiting: await waitingFor(records, row),
    })
  return peers
}

const STATES = ['invited', 'joined', 'ended'] as const

function peerOf(row: PeerRow, nowMs: number): Omit<SharePeer, 'objects' | 'waiting'> {
  const problem = PeerProblemSchema.safeParse(row.problem)
  const terms = AgreementSchema.safeParse(row.terms)
  const say = (language: 'en' | 'fr') =>
    problem.success ? wordsOf(language).sharing.problem(problem.data) : ''
  return {
    name: row.name,
    role: row.role === 'hub' ? 'hub' : 'member',
    state: STATES.find((state) => state === row.state) ?? 'ended',
    organisation: row.organisation,
    address: row.address,
    pin: row.pin,
    invitedUntil: row.state === 'invited' ? (row.code_expires?.toISOString() ?? null) : null,
    joined: row.joined?.toISOString() ?? null,
    lastSeen: row.last_seen?.toISOString() ?? null,
    agreedUntil: terms.success ? terms.data.until : null,
    standing: row.state === 'joined' && terms.success ? standingOf(terms.data, nowMs) : null,
    offer: row.state === 'joined' ? offerOf(row) : null,
    endedBy: row.ended_by === 'us' || row.ended_by === 'them' ? row.ended_by : null,
    problem: problem.success
      ? {
          code: problem.data.code,
          since: problem.data.since,
          sentence: { en: say('en'), fr: say('fr') },
        }
      : null,
  }
}

/** Long enough to find whoever may sign. */
const ENDING_MS = 30 * DAY_MS

function standingOf({ until }: SharingAgreement, nowMs: number): SharePeer['standing'] {
  const leftMs = Date.parse(until) - nowMs
  if (leftMs <= 0) return 'over'
  return leftMs <= ENDING_MS ? 'ending' : 'holds'
}

async function receivedBy(records: Records, { name }: PeerRow) {
  const rows = await records
    .selectFrom('share_received')
    .select((by) => ['state', by.fn.countAll<string>().as('count')])
    .where('peer', '=', name)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

async function reportedBy(records: Records, { identity }: PeerRow) {
  if (identity === null) return {}
  const { count } = await records
    .selectFrom('taxii_objects')
    .select((by) => by.fn.countAll<string>().as('count'))
    .where('root', '=', HUB_ROOT)
    .where('collection', '=', sightingsOf(identity))
    .where('is_last', '=', true)
    .executeTakeFirstOrThrow()
  return { reported: Number(count) }
}

async function waitingFor(records: Records, { name }: PeerRow): Promise<number> {
  const { count } = await records
    .selectFrom('share_outbox')
    .select((by) => by.fn.countAll<string>().as('count'))
    .where('peer', '=', name)
    .where('state', 'in', ['waiting', 'ready'])
    .executeTakeFirstOrThrow()
  return Number(count)
}
