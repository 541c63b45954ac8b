// What a running station does with rules, analytics and checks that its hubs send: each is checked as its own files are, put where
// its own are, run over what is stored, and taken out again.

import { VigieError } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import {
  contentAnswered,
  contentInUse,
  decideContent,
  readGivenContent,
  readReceivedContent,
  usedOf,
} from '../../share/index.ts'
import { guardedAnalytics } from './content-analytics.ts'
import { contentProblem } from './content-check.ts'
import { checksOfHubs } from './content-checks.ts'
import { rulesOfHubs } from './content-rules.ts'
import type { SharingOptions, SharingParts, StationDesk } from './parts.ts'

export function contentDesk(options: SharingOptions): StationDesk {
  const { core, clock } = options
  const { records } = core.store
  const kinds = {
    rule: rulesOfHubs(options),
    analytic: guardedAnalytics(options),
    check: checksOfHubs(options),
  }
  let putting: Promise<void> = Promise.resolve()
  const put = async () => {
    const rows = await contentInUse(records, clock.nowMs())
    const used = rows.map(usedOf)
    for (const kind of ['rule', 'analytic', 'check'] as const)
      await kinds[kind].put(used.filter((one) => one.kind === kind))
  }
  return {
    check: (content) => contentProblem(options, content),
    // One after another: what was read later is what stays.
    put: () => (putting = putting.then(put, put)),
    look: (contents) => kinds[contents[0]?.kind ?? 'rule'].look(contents),
    looked: (content, search) => kinds[content.kind].looked(content, search),
    met: async (peer) => {
      const used = (await contentAnswered(records, peer, clock.nowMs())).map(usedOf)
      const found = await Promise.all(
        (['rule', 'analytic', 'check'] as const).map((kind) =>
          kinds[kind].met(used.filter((one) => one.kind === kind)),
        ),
      )
      return new Map(found.flatMap((one) => [...one]))
    },
    close: () => kinds.analytic.close(),
  }
}

type ContentService = Pick<Station['share'], 'content' | 'decideContent'>

export function contentService({ core, clock, desk, member }: SharingParts): ContentService {
  const { records } = core.store
  return {
    content: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      received: [...(await readReceivedContent(records))],
      given: [...(await readGivenContent(records))],
    }),
    decideContent: async (decision, who) => {
      const isDecided = await decideContent(records, decision, { who, nowMs: clock.nowMs() })
      if (!isDecided)
        throw new VigieError('NOT_FOUND', {
          what: `${decision.object.slice(0, 100)} ${decision.version} of ${decision.peer}`,
        })
      await desk.put()
      member.nudge()
    },
  }
}
