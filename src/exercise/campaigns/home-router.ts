// Somebody's password, used through a router in the same region; then slow work with the tools that are there.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { addressIn, homeNetwork } from '../country/address-plan.ts'
import { serverOf } from '../country/estate.ts'
import { vpnFail } from '../wire/fortigate.ts'
import { actorOf, vpnSession } from './actor.ts'
import type { Actor } from './actor.ts'
import { account, address, byStealth, moves } from './campaign.ts'
import type { Campaign, Move, Scene } from './campaign.ts'
import { copyingDirectory, lookingAround, relaying } from './commands.ts'
import { readsFiles, runs, signsInto, takesOut } from './inside.ts'

export const homeRouter: Campaign = {
  name: 'home-router',
  targets: ['town', 'territory'],
  isPossible: () => true,
  play: (scene) => {
    const actor = actorOf(scene, ['counter', 'finance', 'direction'])
    return [...guesses(scene, actor), ...firstNight(scene, actor), ...comesBack(scene, actor)]
  },
}

/** A dozen accounts within the hour, over a day, each from another address, or none. */
function guesses({ world, random, stealth }: Scene, actor: Actor): readonly Move[] {
  if (stealth === 3) return []
  const gap = byStealth(stealth, [4 * MINUTE_MS, 2 * HOUR_MS, 20 * HOUR_MS, 0])
  const first = actor.at(0, 0) - 12 * gap - HOUR_MS
  const tried = world.people.filter(({ login }) => login !== actor.victim.login).slice(0, 12)
  return tried.flatMap(({ login }, n) => {
    const from =
      stealth === 2
        ? addressIn(homeNetwork(world.organisation.region, random), random)
        : actor.address
    const line = vpnFail(world.estate, first + n * gap + random.int(30_000), {
      user: login,
      remote: from,
    })
    return moves('password-guesses', [account(login), address(from)], [line])
  })
}

function firstNight(scene: Scene, actor: Actor): readonly Move[] {
  const { estate } = scene.world
  const { stealth } = scene
  const first = vpnSession(scene, actor, { step: 'vpn-login', visit: 0 })
  const second = vpnSession(scene, actor, { step: 'come-back', visit: 1 })
  const files = serverOf(estate, 'files')
  const directory = serverOf(estate, 'directory')
  const administrator =
    scene.world.people.find(({ adminLogin }) => adminLogin !== null)?.adminLogin ?? 'administrator'
  const inside = (user: string, visit: number, hours: number) => ({
    user,
    from: visit === 0 ? first.given : second.given,
    server: visit === 0 ? files : directory,
    atMs: actor.at(visit, hours),
  })
  const quiet = stealth === 3
  return [
    ...first.moves,
    ...signsInto(scene, 'look-around', { acting: inside(actor.victim.login, 0, 0.2), type: 3 }),
    ...runs(scene, 'look-around', {
      acting: inside(actor.victim.login, 0, 0.4),
      commands: lookingAround(stealth),
    }),
    ...second.moves,
    ...signsInto(scene, 'to-directory', {
      acting: { ...inside(administrator, 1, 0.3), server: quiet ? files : directory },
      type: stealth < 2 || quiet ? 10 : 3,
    }),
    ...runs(scene, 'copy-directory', {
      acting: inside(administrator, 1, 0.6),
      commands: copyingDirectory(stealth),
    }),
    ...runs(scene, 'relay-inside', {
      acting: inside(administrator, 1, 1.1),
      commands: relaying(stealth),
    }),
  ]
}

const VISITS = [2, 3, 4, 5] as const

function comesBack(scene: Scene, actor: Actor): readonly Move[] {
  const { estate } = scene.world
  const records = serverOf(estate, 'records')
  const visits = VISITS.map((visit) => vpnSession(scene, actor, { step: 'come-back', visit }))
  return [
    ...visits.flatMap(({ visit, given, moves: some }) => [
      ...some,
      ...readsFiles(scene, 'read-files', {
        acting: {
          user: actor.victim.login,
          from: given,
          server: records,
          atMs: actor.at(visit, 0.2),
        },
        count: byStealth(scene.stealth, [300, 80, 25, 6]),
      }),
    ]),
    ...takesOut(scene, {
      server: records,
      days: VISITS.map((visit) => actor.at(visit, 1.5)),
      to: actor.address,
    }),
  ]
}
