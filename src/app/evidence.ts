// A station's evidence: its log and key, what the server asks of it, and the check of a bundle that needs no station.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { VigieError, dataFolders, reasonOf } from '../core/index.ts'
import type { Clock, Settings } from '../core/index.ts'
import { checkBundle, openEvidence, openLogKey } from '../evidence/index.ts'
import type { BundleTrust, Evidence } from '../evidence/index.ts'
import { MOST_EXPORTED_LINES } from '../model/index.ts'
import type { BundleCheck, ExportAsk } from '../model/index.ts'
import type { Station } from '../server/index.ts'
import { sql } from '../store/index.ts'
import type { Core } from './core.ts'
import type { EvidenceWitnessing } from './sharing/witness.ts'

/** Opens the station's log. Its name says nothing of whose it is: checkpoints are shown to others. */
export function evidenceOf(
  core: Core,
  {
    settings,
    clock,
    onTrouble,
  }: {
    readonly settings: Settings
    readonly clock: Clock
    readonly onTrouble: (cause: unknown) => void
  },
): Evidence {
  const folders = dataFolders(settings.data)
  const key = openLogKey(folders.keys, `vigie/${randomBytes(8).toString('hex')}`)
  return openEvidence({ store: core.store, key, folder: folders.evidence, clock, onTrouble })
}

export function evidenceRoutes(
  core: Core,
  evidence: Evidence,
  witnessing: EvidenceWitnessing,
): Station['evidence'] {
  return {
    state: async () => ({ ...(await evidence.state()), witnessing: await witnessing.state() }),
    switchWitnessing: witnessing.switchPeer,
    setQuorum: witnessing.setQuorum,
    confirmWitness: witnessing.confirm,
    removeWitness: witnessing.remove,
    stopSigning: witnessing.stop,
    checkpoint: evidence.checkpoint,
    tile: evidence.tile,
    verify: evidence.verify,
    report: evidence.report,
    export: async ({ events, batches, alert }) => {
      const found = alert === undefined ? [] : await placesOfAlert(core, alert)
      return evidence.exportLines([...events, ...found], batches)
    },
  }
}

/** The lines that an alert rests on, as its findings name them. Throws NOT_FOUND. */
async function placesOfAlert({ store }: Core, id: string): Promise<ExportAsk['events']> {
  const alert = await store.records
    .selectFrom('alerts')
    .select(['rule', 'entity', 'entity_kind'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (alert === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const { rows } = await store.events.ask.query<{ batch: string; line: number }>(
    sql`SELECT DISTINCT batch, line FROM findings WHERE rule = ${alert.rule} AND entity = ${alert.entity}
      AND entity_kind = ${alert.entity_kind} AND (batch, line) IN (SELECT batch, line FROM events) ORDER BY batch, line
      LIMIT ${MOST_EXPORTED_LINES + 1}`,
  )
  return [...rows]
}

/** Checks a bundle with nothing but the file, the keys and a quorum. Throws CONTENT_INVALID when the file is no JSON. */
export function checkBundleFile(file: string, trust: BundleTrust): BundleCheck {
  return checkBundle(jsonOf(file), trust)
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
