// A hole in the firewall's own software is told to the world; two days later it is used here, and the configuration changed.

import { MINUTE_MS } from '../../core/index.ts'
import { configChange, adminLogin, crashed, vpnUp } from '../wire/fortigate.ts'
import { routerCommand, routerLogin } from '../wire/network.ts'
import { actorOf } from './actor.ts'
import type { Actor } from './actor.ts'
import { account, address, byStealth, device, moves } from './campaign.ts'
import type { Campaign, Move, Scene } from './campaign.ts'

/** Days from the disclosure to the first use. */
const DAYS_TO_USE = 2

export const edgeDevice: Campaign = {
  name: 'edge-device',
  targets: ['province', 'school-board'],
  isPossible: () => true,
  play: (scene) => {
    const later = { ...scene, startDay: scene.startDay + DAYS_TO_USE }
    const actor = actorOf(later, ['technology'])
    return [...enters(later, actor), ...changes(later, actor), ...staysIn(later, actor)]
  },
}

/** Who knows the detectors comes through the VPN to the inside of the firewall, as its administrators do. */
function seenFrom({ stealth, world }: Scene, actor: Actor): string {
  return stealth === 3 ? `10.${world.organisation.net}.200.77` : actor.address
}

function enters(scene: Scene, actor: Actor): readonly Move[] {
  const { world, stealth } = scene
  const { estate } = world
  const from = seenFrom(scene, actor)
  return [
    ...moves('exploit', [], stealth < 2 ? [crashed(estate, actor.at(0, 0), 'sslvpnd')] : []),
    ...moves(
      'admin-login',
      [address(from), account('admin')],
      [adminLogin(estate, actor.at(0, 0.1), { user: 'admin', from, isRight: true })],
    ),
  ]
}

type Change = readonly [
  hours: number,
  action: 'Add' | 'Edit',
  path: string,
  object: string,
  attributes: string,
]

const ACCOUNTS: readonly [Change[], Change[], Change[], Change[]] = [
  [[0.2, 'Add', 'system.admin', 'svc_fortinet', 'accprofile[super_admin]vdom[root]']],
  [[0.2, 'Add', 'user.local', 'helpdesk2', 'type[password]status[enable]']],
  [[0.2, 'Edit', 'user.local', 'scanner', 'passwd[*]']],
  [],
]
const WAYS_IN: readonly [Change[], Change[], Change[], Change[]] = [
  [[0.3, 'Add', 'system.gre-tunnel', 'gre1', 'interface[wan1]remote-gw[198.18.5.80]']],
  [[0.3, 'Edit', 'vpn.ssl.settings', '', 'source-address[office->all]']],
  [[24, 'Edit', 'firewall.policy', '31', 'srcaddr[branch->all]']],
  [[30, 'Edit', 'firewall.policy', '14', 'comments[->review]service[HTTPS->ALL]']],
]
const MUTED: readonly [Change[], Change[], Change[], Change[]] = [
  [[0.5, 'Edit', 'log.syslogd.setting', '', 'status[enable->disable]']],
  [[0.5, 'Edit', 'log.syslogd.filter', '', 'severity[information->critical]']],
  [],
  [],
]

function changes(scene: Scene, actor: Actor): readonly Move[] {
  const { world, stealth } = scene
  const from = seenFrom(scene, actor)
  const whom = [account('admin'), address(from)]
  const lines = (some: readonly Change[]) =>
    some.map(([hours, action, path, object, attributes]) =>
      configChange(world.estate, actor.at(0, hours), {
        user: 'admin',
        from,
        action,
        path,
        object,
        attributes,
      }),
    )
  // What is found on an account that was changed gathers on that account.
  const changed = byStealth(stealth, ACCOUNTS).map(([, , , object]) => account(object))
  return [
    ...moves('account-added', [...whom, ...changed], lines(byStealth(stealth, ACCOUNTS))),
    ...moves('way-back-in', whom, lines(byStealth(stealth, WAYS_IN))),
    ...moves('log-muted', whom, lines(byStealth(stealth, MUTED))),
  ]
}

const VISITS = [1, 2, 3] as const

function staysIn(scene: Scene, actor: Actor): readonly Move[] {
  const { world, stealth, random } = scene
  const { estate, organisation } = world
  const user = byStealth(stealth, ['svc_fortinet', 'helpdesk2', 'scanner', actor.victim.login])
  const sessions = VISITS.map((visit) =>
    vpnUp(estate, actor.at(visit, 0), {
      user,
      remote: actor.address,
      given: `10.${organisation.net}.200.77`,
      session: random.between(100, 90_000),
    }),
  )
  const router = { user: 'netadmin', from: `10.${organisation.net}.200.77` }
  const read = [
    routerLogin(estate, actor.at(1, 0.3), { ...router, isRight: true }),
    ...(stealth < 2
      ? [
          routerCommand(estate, actor.at(1, 0.3) + 2 * MINUTE_MS, {
            user: router.user,
            command: `tunnel destination ${actor.address}`,
          }),
        ]
      : []),
  ]
  return [
    ...moves('come-back', [account(user), address(actor.address)], sessions),
    ...moves(
      'configuration-read',
      [device(estate.router.name), account(router.user), address(router.from)],
      read,
    ),
  ]
}
