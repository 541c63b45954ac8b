// What several campaigns do once they are inside: programs on a server, files read, data taken out.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { addressIn, networksOf } from '../country/address-plan.ts'
import type { Host } from '../country/estate.ts'
import { traffic } from '../wire/fortigate.ts'
import { logon, shareRead, started } from '../wire/windows.ts'
import { account, address, byStealth, device, moves } from './campaign.ts'
import type { Move, Scene, StepName } from './campaign.ts'
import type { Command } from './commands.ts'

export type Acting = {
  readonly user: string
  /** Inside address they come from. */
  readonly from: string
  readonly server: Host
  readonly atMs: number
}

const CMD = 'C:\\Windows\\System32\\cmd.exe'

/** Programs started on a server, some minutes apart; nothing when there are none. */
export function runs(
  { world, random }: Scene,
  step: StepName,
  { acting, commands }: { readonly acting: Acting; readonly commands: readonly Command[] },
): readonly Move[] {
  const { user, server, atMs } = acting
  const lines = commands.map(([program, command], n) =>
    started(world.estate, server, atMs + n * 3 * MINUTE_MS + random.int(MINUTE_MS), {
      user,
      program,
      command,
      parent: CMD,
    }),
  )
  return moves(step, [account(user), device(server.name)], lines)
}

export function signsInto(
  { world }: Scene,
  step: StepName,
  {
    acting: { user, from, server, atMs },
    type,
  }: { readonly acting: Acting; readonly type: 3 | 10 },
): readonly Move[] {
  const line = logon(world.estate, server, atMs, {
    user,
    from,
    fromName: 'DESKTOP-7Q2K',
    type,
    isRight: true,
  })
  return moves(step, [account(user), device(server.name), address(from)], [line])
}

/** Files of a share, spread over some hours. */
export function readsFiles(
  { world, random }: Scene,
  step: StepName,
  { acting, count }: { readonly acting: Acting; readonly count: number },
): readonly Move[] {
  const { user, from, server, atMs } = acting
  const lines = Array.from({ length: count }, () =>
    shareRead(world.estate, server, atMs + random.int(2 * HOUR_MS), {
      user,
      from,
      share: 'registry',
      file: `registry\\file-${random.int(90_000)}.pdf`,
    }),
  )
  return moves(step, [account(user), device(server.name), address(from)], lines)
}

/** A server sends to a place outside: all at once, in a few days, or a little each time. */
export function takesOut(
  { world, random, stealth }: Scene,
  {
    server,
    days,
    to,
  }: { readonly server: Host; readonly days: readonly number[]; readonly to: string },
): readonly Move[] {
  const megabytes = byStealth(stealth, [900, 180, 60, 12])
  const times = stealth === 0 ? days.slice(0, 1) : days
  const [rented] = networksOf('hosting')
  const place = stealth === 0 && rented !== undefined ? addressIn(rented, random) : to
  const lines = times.map((atMs) =>
    traffic(world.estate, atMs, {
      from: server.address,
      to: place,
      port: 443,
      fromInterface: 'vlan10-servers',
      toInterface: 'wan1',
      action: 'close',
      seconds: 600,
      sent: (megabytes + random.int(9)) * 1_000_000,
      received: 400_000,
    }),
  )
  return moves('take-out', [address(server.address), address(place)], lines)
}
