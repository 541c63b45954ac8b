// The managed service provider is entered, and through it its clients, with the account that its technicians use there.

import { DAY_MS } from '../../core/index.ts'
import { serverOf } from '../country/estate.ts'
import { MSP_CLIENTS } from '../country/organisation.ts'
import { providerAddress } from '../life/administration.ts'
import { actorOf, vpnSession } from './actor.ts'
import type { Actor } from './actor.ts'
import { byStealth } from './campaign.ts'
import type { Campaign, Move, Scene } from './campaign.ts'
import { COMMANDS, lookingAround } from './commands.ts'
import { readsFiles, runs, signsInto, takesOut } from './inside.ts'

export const provider: Campaign = {
  name: 'provider',
  targets: ['msp', ...MSP_CLIENTS],
  isPossible: ({ organisation: { kind, isClientOfMsp } }) => kind === 'msp' || isClientOfMsp,
  play: (scene) => (scene.world.organisation.kind === 'msp' ? atProvider(scene) : atClient(scene)),
}

function atProvider(scene: Scene): readonly Move[] {
  const actor = actorOf(scene, ['technology'])
  const session = vpnSession(scene, actor, { step: 'vpn-login', visit: 0 })
  const jump = serverOf(scene.world.estate, 'jump')
  const acting = {
    user: actor.victim.adminLogin ?? actor.victim.login,
    from: session.given,
    server: jump,
    atMs: actor.at(0, 0.3),
  }
  return [
    ...session.moves,
    ...signsInto(scene, 'to-jump-host', { acting, type: 10 }),
    ...runs(scene, 'look-around', {
      acting: { ...acting, atMs: actor.at(0, 0.5) },
      commands: lookingAround(scene.stealth),
    }),
  ]
}

/** Some days after the provider, each client a little later than the one before. */
function atClient(scene: Scene): readonly Move[] {
  const { world, stealth } = scene
  const turn = MSP_CLIENTS.indexOf(world.organisation.kind)
  const days = byStealth(stealth, [1, 2, 4, 7])
  const later = { ...scene, startDay: scene.startDay + days + turn }
  const own = actorOf(later, ['technology'])
  const actor: Actor = stealth < 2 ? own : { ...own, address: providerAddress(world.seed) }
  const user = world.providerLogin ?? 'svc-provider'
  const session = vpnSession(later, actor, { step: 'provider-login', visit: 0, user })
  const { servers } = world.estate
  const visited = servers.slice(0, byStealth(stealth, [servers.length, 6, 3, 3]))
  const acting = { user, from: session.given, server: serverOf(world.estate, 'files') }
  return [
    ...session.moves,
    ...visited.flatMap((server, n) =>
      signsInto(later, 'new-servers', {
        acting: { ...acting, server, atMs: actor.at(0, 0.1 + n * 0.08) },
        type: 10,
      }),
    ),
    ...runs(later, 'remote-tool', {
      acting: { ...acting, atMs: actor.at(0, 0.9) },
      commands: stealth < 2 ? COMMANDS.remoteTool : [],
    }),
    ...runs(later, 'look-around', {
      acting: { ...acting, atMs: actor.at(0, 1.1) },
      commands: [...lookingAround(stealth), ...(stealth < 2 ? COMMANDS.packing : [])],
    }),
    ...readsFiles(later, 'read-files', {
      acting: { ...acting, atMs: actor.at(0, 1.2) },
      count: byStealth(stealth, [200, 60, 20, 5]),
    }),
    ...takesOut(later, {
      server: acting.server,
      days: [1, 2, 3].map((day) => actor.at(0, 1.5) + day * DAY_MS),
      to: actor.address,
    }),
  ]
}
