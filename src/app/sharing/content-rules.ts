// Sigma rules of hubs: files in a folder beside the station's own, read by the same watch, run over stored events as a person runs
// rules. The records say what is in use; the folder follows them.

import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dataFolders, isVigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { History } from '../../detect/index.ts'
import type { HistoryRun } from '../../model/index.ts'
import type { ContentDesk, UsedContent } from '../../share/index.ts'
import type { Core } from '../core.ts'
import { foundBy, storedSpan, sumOf } from './content-kind.ts'
import type { ContentKindDesk } from './content-kind.ts'

export type RuleDeskParts = {
  readonly core: Core
  readonly history: History
  readonly settings: Settings
  readonly clock: Clock
}

type Named = Pick<UsedContent, 'peer' | 'object'>

/** How the path of every version of it begins. */
export function ruleFileOf(folder: string, { peer, object }: Named): string {
  return join(folder, peer, `${shortDigest(object, 16)}-`)
}

function shortDigest(text: string, characters: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, characters)
}

export function rulesOfHubs(parts: RuleDeskParts): ContentKindDesk {
  const { core, settings } = parts
  const { hubRules } = dataFolders(settings.data)
  // Another version, another name: a file never changes, so what was read is what is there.
  const fileOf = (used: UsedContent) =>
    `${ruleFileOf(hubRules, used)}${shortDigest(used.version, 8)}.yml`
  return {
    put: (used) => putFiles(hubRules, new Map(used.map((one) => [fileOf(one), one.text]))),
    look: (used) => look(parts, used, fileOf),
    looked: (used, search) => looked(parts, { used, file: fileOf(used), search }),
    met: async (used) => {
      const ids = new Map(used.map((one) => [one.object, idsIn(core, fileOf(one))]))
      const found = await foundBy(core, [...ids.values()].flat())
      return new Map(
        [...ids].flatMap(([object, own]) => {
          const sum = sumOf(own.flatMap((id) => found.get(id) ?? []))
          return sum === undefined ? [] : [[object, sum] as const]
        }),
      )
    },
  }
}

async function putFiles(folder: string, wanted: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const here = new Set(
    entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)),
  )
  for (const file of here) if (!wanted.has(file)) await rm(file, { force: true })
  for (const [file, text] of wanted) {
    if (here.has(file)) continue
    await mkdir(dirname(file), { recursive: true })
    await writeFile(`${file}.half`, text, { flush: true })
    await rename(`${file}.half`, file)
  }
}

/** Ids of what a file brings, once it was read. */
function idsIn({ detection }: Core, file: string): readonly string[] {
  const read = detection.shelf.current.files.get(file)
  return [...(read?.rules ?? []), ...(read?.correlations ?? [])].map(({ id }) => id)
}

type FileOf = (used: UsedContent) => string
type Begun =
  Awaited<ReturnType<ContentDesk['look']>> extends ReadonlyMap<string, infer B> ? B : never

/** One run for all of them: what is stored is gone through once. */
async function look(parts: RuleDeskParts, used: readonly UsedContent[], fileOf: FileOf) {
  const begun = new Map<string, Begun>()
  const usable: { readonly object: string; readonly ids: readonly string[] }[] = []
  for (const one of used) {
    const state = standing(parts.core, fileOf(one))
    if (Array.isArray(state)) usable.push({ object: one.object, ids: state })
    else begun.set(one.object, state)
  }
  if (usable.length === 0) return begun
  const all = await startRun(
    parts,
    usable.flatMap(({ ids }) => ids),
    used[0]?.peer ?? '',
  )
  for (const { object } of usable) begun.set(object, all)
  return begun
}

type Standing = string[] | Begun

/** The ids that run, or why none does. */
function standing({ detection }: Core, file: string): Standing {
  const { files, ruleSet, correlations } = detection.shelf.current
  const read = files.get(file)
  if (read === undefined) return { kind: 'not yet' }
  const active = new Set([
    ...ruleSet.active.map(({ id }) => id),
    ...correlations.plans.map(({ correlation }) => correlation.id),
  ])
  const own = [...read.rules, ...read.correlations].map(({ id }) => id)
  const running = own.filter((id) => active.has(id))
  if (running.length > 0) return running
  const refused = [...ruleSet.noRoute, ...ruleSet.refused].find(({ rule }) => rule.file === file)
  const [problem] = read.problems
  const reason = (refused?.reason ?? problem)?.sentence ?? 'it is not among the rules that run'
  return { kind: 'cannot', reason: reason.slice(0, 500) }
}

async function startRun(
  { core, history, clock }: RuleDeskParts,
  rules: readonly string[],
  peer: string,
): Promise<Begun> {
  const span = await storedSpan(core)
  if (span === undefined) return { kind: 'looking', search: NOTHING_STORED }
  const ask = {
    rules: [...rules],
    from: new Date(span.fromMs).toISOString(),
    to: new Date(Math.max(span.toMs + 1, clock.nowMs())).toISOString(),
  }
  try {
    const { id } = await history.start(ask, `hub ${peer}`)
    return { kind: 'looking', search: id }
  } catch (thrown) {
    if (isVigieError(thrown) && thrown.code === 'HISTORY_RUN_BUSY') return { kind: 'not yet' }
    throw thrown
  }
}

const NOTHING_STORED = 'nothing stored'

type Looking = { readonly used: UsedContent; readonly file: string; readonly search: string }

async function looked(
  { core, history }: RuleDeskParts,
  { file, search }: Looking,
): ReturnType<ContentDesk['looked']> {
  if (search === NOTHING_STORED) return { kind: 'done', met: undefined, span: undefined }
  const run = (await history.list()).find(({ id }) => id === search)
  if (run === undefined) return { kind: 'lost' }
  if (run.state === 'running') return { kind: 'running' }
  if (run.state === 'interrupted') return resumed(history, search)
  if (run.state === 'failed') return { kind: 'failed', reason: run.problem?.en ?? run.state }
  const found = await foundBy(core, idsIn(core, file))
  return { kind: 'done', met: sumOf([...found.values()]), span: lookedThrough(run) }
}

/** The process that ran it ended. */
async function resumed(history: History, id: string): ReturnType<ContentDesk['looked']> {
  await history.resume(id).catch((thrown: unknown) => {
    if (!isVigieError(thrown) || thrown.code !== 'HISTORY_RUN_BUSY') throw thrown
  })
  return { kind: 'running' }
}

/** A person may have stopped it: it goes from the newest back. */
function lookedThrough({ state, from, reached, to }: HistoryRun) {
  return { fromMs: Date.parse(state === 'done' ? from : reached), toMs: Date.parse(to) }
}
