// What a running station gives out, lets leave and receives.

import { VigieError } from '../../core/index.ts'
import type { PublishAsk } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import {
  MOST_CONTENT_CHARACTERS,
  decideOutgoing,
  figures,
  prepareObjects,
  prepareValues,
  previewOf,
  publishObjects,
  publishValues,
  readOutbox,
  readPassedOn,
  readReceived,
  traceOf,
  withdraw,
} from '../../share/index.ts'
import type { Publication, RunningHub, SharedContent } from '../../share/index.ts'
import { wordsOf } from '../../words/index.ts'
import { contentProblem } from './content-check.ts'
import { readShareFile } from './file.ts'
import type { SharingParts } from './parts.ts'

export function needHub(hub: RunningHub | undefined): RunningHub {
  const { met, expected } = wordsOf('en').sharing.noHub
  if (hub === undefined) throw new VigieError('BAD_REQUEST', { met, expected })
  return hub
}

/** This station may use it itself: what is its own does not stand in the way. */
async function givenProblem(
  parts: SharingParts,
  content: SharedContent,
): Promise<string | undefined> {
  return content.text.length > MOST_CONTENT_CHARACTERS
    ? `more than ${MOST_CONTENT_CHARACTERS} characters`
    : contentProblem(parts, content)
}

type ObjectService = Pick<
  Station['share'],
  | 'publish'
  | 'preview'
  | 'withdraw'
  | 'outbox'
  | 'decide'
  | 'received'
  | 'passedOn'
  | 'seen'
  | 'trace'
>

export function objectService(parts: SharingParts): ObjectService {
  const { core, clock, member, settings } = parts
  const { records } = core.store
  const { cohortFloor } = settings
  const asOf = () => new Date(clock.nowMs()).toISOString()
  return {
    ...givingService(parts),
    withdraw: (id, who) => withdraw({ records, who, nowMs: clock.nowMs() }, id),
    outbox: async (state, limit) => ({
      asOf: asOf(),
      outgoing: [...(await readOutbox(records, { state, limit }))],
    }),
    decide: async (seqs, approve, who) => {
      const decided = await decideOutgoing(records, { seqs, approve, who })
      member.nudge()
      return decided
    },
    received: async (filter) => ({
      asOf: asOf(),
      received: [...(await readReceived(records, filter))],
    }),
    passedOn: async () => ({
      asOf: asOf(),
      passedOn: [...(await readPassedOn(records, clock.nowMs()))],
    }),
    seen: async () => ({
      asOf: asOf(),
      floor: cohortFloor,
      seen: [...(await figures(records, {}))],
    }),
    trace: (object) => traceOf(records, object),
  }
}

/** What is given out, and what would be. */
function givingService(parts: SharingParts): Pick<ObjectService, 'publish' | 'preview'> {
  const { core, clock, key, hub, settings } = parts
  const { records } = core.store
  const { cohortFloor } = settings
  const check = (content: SharedContent) => givenProblem(parts, content)
  const toGive = async (bytes: AsyncIterable<Uint8Array>, ask: PublishAsk, who: string) => {
    const read = await readShareFile(bytes, ask, check)
    const publication: Publication = { records, secret: key.key, ask, who, nowMs: clock.nowMs() }
    return { read, publication }
  }
  return {
    publish: async (bytes, ask, who) => {
      needHub(hub)
      const { read, publication } = await toGive(bytes, ask, who)
      const published =
        read.kind === 'stix'
          ? await publishObjects(publication, read.objects)
          : await publishValues(publication, read.values)
      return { ...published, refused: [...read.refused, ...published.refused].slice(0, 1000) }
    },
    preview: async (bytes, ask, who) => {
      const { read, publication } = await toGive(bytes, ask, who)
      const prepared =
        read.kind === 'stix'
          ? await prepareObjects(publication, read.objects)
          : await prepareValues(publication, read.values)
      const refused = [...read.refused, ...prepared.refused]
      return previewOf({ records, cohortFloor }, { ...prepared, refused }, publication.nowMs)
    },
  }
}
