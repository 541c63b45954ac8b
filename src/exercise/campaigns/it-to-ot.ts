// From an office account to the jump host, and from there into the control network of the water works.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { serverOf } from '../country/estate.ts'
import { traffic } from '../wire/fortigate.ts'
import { zeekConn, zeekModbus } from '../wire/network.ts'
import { actorOf, vpnSession } from './actor.ts'
import type { Actor } from './actor.ts'
import { address, byStealth, moves } from './campaign.ts'
import type { Campaign, Move, Scene } from './campaign.ts'
import { lookingAround } from './commands.ts'
import { runs, signsInto } from './inside.ts'

export const itToOt: Campaign = {
  name: 'it-to-ot',
  targets: ['water-utility'],
  isPossible: ({ organisation }) => organisation.hasControlNetwork,
  play: (scene) => {
    const actor = actorOf(scene, ['works', 'technology'])
    return [...toJumpHost(scene, actor), ...looks(scene, actor), ...acts(scene, actor)]
  },
}

function toJumpHost(scene: Scene, actor: Actor): readonly Move[] {
  const first = vpnSession(scene, actor, { step: 'vpn-login', visit: 0 })
  const acting = {
    user: actor.victim.login,
    from: first.given,
    server: serverOf(scene.world.estate, 'jump'),
    atMs: actor.at(0, 0.3),
  }
  return [
    ...first.moves,
    ...signsInto(scene, 'to-jump-host', { acting, type: 10 }),
    ...runs(scene, 'look-around', {
      acting: { ...acting, atMs: actor.at(0, 0.6) },
      commands: lookingAround(scene.stealth),
    }),
  ]
}

/** Addresses of the control network tried one after another, most of which nobody has. */
function looks({ world, stealth }: Scene, actor: Actor): readonly Move[] {
  const { estate, organisation } = world
  const jump = serverOf(estate, 'jump')
  const count = byStealth(stealth, [40, 14, 7, 0])
  const gap = byStealth(stealth, [20_000, HOUR_MS, 5 * HOUR_MS, 0])
  const lines = Array.from({ length: count }, (_, n) =>
    traffic(estate, actor.at(1, 0) + n * gap, {
      from: jump.address,
      to: `10.${organisation.net}.61.${100 + n}`,
      port: 502,
      fromInterface: 'vlan10-servers',
      toInterface: 'vlan60-scada',
      action: 'deny',
      seconds: 0,
      sent: 0,
      received: 0,
    }),
  )
  return moves('look-into-control', [address(jump.address)], lines)
}

function acts({ world, stealth }: Scene, actor: Actor): readonly Move[] {
  const { estate } = world
  const jump = serverOf(estate, 'jump')
  const [first, second] = estate.control.filter(({ role }) => role === 'operator')
  const [controller] = estate.control.filter(({ role }) => role === 'controller')
  if (first === undefined || second === undefined || controller === undefined) return []
  const from = stealth === 3 ? second.address : jump.address
  const enters = traffic(estate, actor.at(2, 0), {
    from: jump.address,
    to: first.address,
    port: stealth < 3 ? 3389 : 443,
    fromInterface: byStealth(stealth, [
      'vlan20-office',
      'vlan20-office',
      'vlan61-jump',
      'vlan61-jump',
    ]),
    toInterface: 'vlan60-scada',
    action: 'close',
    seconds: 1800,
    sent: 900_000,
    received: 4_000_000,
  })
  const reads = Array.from({ length: byStealth(stealth, [60, 20, 8, 3]) }, (_, n) => {
    const at = actor.at(2, 0.3) + n * MINUTE_MS
    const ends = { from, to: controller.address }
    return [
      zeekModbus(estate, at, { ...ends, func: 'READ_HOLDING_REGISTERS' }),
      zeekConn(estate, at, {
        ...ends,
        port: 502,
        service: 'modbus',
        seconds: 1,
        sent: 240,
        received: 600,
        isAnswered: true,
      }),
    ]
  }).flat()
  const write = zeekModbus(estate, actor.at(3, 0.5), {
    from,
    to: controller.address,
    func: 'WRITE_MULTIPLE_REGISTERS',
  })
  return [
    ...moves('into-control', [address(jump.address), address(first.address)], [enters]),
    ...moves('read-controllers', [address(from)], reads),
    ...moves('write-controller', [address(from)], [write]),
  ]
}
