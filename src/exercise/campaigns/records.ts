// Personal records, read from the cloud with one person's account over weeks.

import { HOUR_MS } from '../../core/index.ts'
import { audited, signIn } from '../wire/cloud.ts'
import { actorOf } from './actor.ts'
import type { Actor } from './actor.ts'
import { account, address, byStealth, moves } from './campaign.ts'
import type { Campaign, Move, Scene } from './campaign.ts'

const VISITS = 8

export const records: Campaign = {
  name: 'records',
  targets: ['health-authority', 'band-council'],
  isPossible: () => true,
  play: (scene) => {
    const actor = actorOf(scene, ['records', 'finance', 'counter'])
    return Array.from({ length: VISITS }, (_, visit) => visitOf(scene, actor, visit)).flat()
  },
}

function visitOf({ world, random, stealth }: Scene, actor: Actor, visit: number): readonly Move[] {
  const { estate } = world
  const { login } = actor.victim
  const whom = [account(`${login}@${estate.domain}`), address(actor.address)]
  const begins = actor.at(visit, 0)
  const count = byStealth(stealth, [400, 120, 40, 8])
  return [
    ...moves('cloud-login', whom, [
      signIn(estate, begins, {
        user: login,
        from: actor.address,
        application: 'Office 365 SharePoint Online',
        agent: actor.browser,
        isRight: true,
        hasSecondFactor: stealth > 1,
      }),
    ]),
    ...moves(
      'records-read',
      whom,
      Array.from({ length: count }, () =>
        audited(estate, begins + random.int(2 * HOUR_MS), {
          user: login,
          from: actor.address,
          operation: 'FileDownloaded',
          object: `person-${random.int(90_000)}.pdf`,
        }),
      ),
    ),
  ]
}
