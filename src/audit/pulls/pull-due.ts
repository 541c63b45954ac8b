// Fetches the configurations whose time has come, a few at a time. What does not come whole is not taken in, and why is kept.

import type { Clock } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import type { Audit } from '../records/open-audit.ts'
import { PullTrouble } from './dialogue.ts'
import { duePulls, keepPull, loginOf } from './keep-pulls.ts'
import type { Pull, PullEnd, Seal } from './keep-pulls.ts'
import type { Platform } from './platform-content.ts'
import type { PullAsk } from './ssh-pull.ts'

export type PullParts = {
  readonly records: Records
  readonly audit: Pick<Audit, 'take'>
  readonly clock: Clock
  readonly seal: Seal
  readonly platforms: () => ReadonlyMap<string, Platform>
  readonly limits?: PullAsk['limits']
  /** A device showed another key than the confirmed one; told once for each key. */
  readonly onKeyChanged: (device: string, met: string) => Promise<void>
}

const AT_ONCE = 4

export async function pullDue(parts: PullParts, signal?: AbortSignal): Promise<number> {
  const due = [...(await duePulls(parts.records, parts.clock.nowMs()))]
  const count = due.length
  const work = async () => {
    for (let pull = due.shift(); pull !== undefined; pull = due.shift()) {
      if (signal?.aborted === true) return
      await pullOne(pull, parts)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return count
}

async function pullOne(pull: Pull, parts: PullParts): Promise<void> {
  const end = await fetchAndTake(pull, parts)
  if (!end.ok && end.problem === 'key_changed' && end.met !== pull.host_key_met)
    await parts.onKeyChanged(pull.device, end.met)
  await keepPull(parts.records, pull, { end, nowMs: parts.clock.nowMs() })
}

async function fetchAndTake(pull: Pull, parts: PullParts): Promise<PullEnd> {
  const { host, port, account, device, host_key: hostKey } = pull
  const platform = parts.platforms().get(pull.platform)
  if (platform === undefined) return { ok: false, problem: 'no_prompt', met: pull.platform }
  try {
    const login = loginOf(pull, parts.seal)
    const limits = parts.limits === undefined ? {} : { limits: parts.limits }
    // Loaded for the first device: most stations ask none.
    const { pullOverSsh } = await import('./ssh-pull.ts')
    const bytes = await pullOverSsh({ host, port, account, login, platform, hostKey, ...limits })
    const taken = await parts.audit.take(bytes, {
      source: `ssh://${host}:${port}`,
      device,
    })
    return taken.ok ? { ok: true } : { ok: false, problem: 'not_taken', met: taken.problem.kind }
  } catch (cause) {
    if (!(cause instanceof PullTrouble)) throw cause
    return { ok: false, problem: cause.problem, met: cause.met }
  }
}
