// Whether a case is as it was written: its acts one after another, its entries and files as the acts say.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { CaseAct, CaseEntry, CaseFile, CaseProof } from '../../model/index.ts'
import { NO_DIGEST, digestOf, listActs } from './acts.ts'
import { entryDigest, listEntries } from './entries.ts'
import { listFiles, pathOf, sizeOf } from './files.ts'
import type { CaseFolder } from './files.ts'
import { getCase } from './read-case.ts'

type Flaw = CaseProof['flaws'][number]

/** Whether an act has the digest that was logged of it elsewhere, by the act's number. */
export type Witness = ReadonlyMap<number, (digest: string) => boolean>

/** Reads every file of the case again. Throws NOT_FOUND. */
export async function proveCase(
  { records, folder }: CaseFolder,
  number: number,
  { witness, nowMs }: { readonly witness: Witness; readonly nowMs: number },
): Promise<CaseProof> {
  await getCase(records, number, nowMs)
  const acts = await listActs(records, number)
  const files = await listFiles(records, [number])
  const taken = acts.filter(({ act }) => act === 'file_taken')
  const flaws = [
    ...flawsOfActs(acts, number),
    ...flawsByWitness(acts, witness),
    ...flawsOfEntries(acts, await listEntries(records, [number])),
  ]
  for (const act of taken) {
    const flaw = await flawOfFile(act, files, (file) => pathOf(folder, number, file))
    if (flaw !== undefined) flaws.push(flaw)
  }
  const known = new Set(taken.map(({ what }) => what['file']))
  const untaken = files.filter(({ id }) => !known.has(id))
  flaws.push(...untaken.map(({ id }): Flaw => ({ kind: 'act_missing', what: id })))
  return {
    asOf: new Date(nowMs).toISOString(),
    acts: acts.length,
    witnessed: witness.size,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    head: acts.at(-1)?.digest ?? NO_DIGEST,
    flaws,
  }
}

function flawsOfActs(acts: readonly CaseAct[], number: number): readonly Flaw[] {
  const flaws: Flaw[] = []
  let before = NO_DIGEST
  let expected = 1
  for (const { digest, ...act } of acts) {
    if (act.number !== expected) flaws.push({ kind: 'act_missing', what: String(expected) })
    else if (digestOf(before, number, act) !== digest)
      flaws.push({ kind: 'act_changed', what: String(act.number) })
    before = digest
    expected = act.number + 1
  }
  return flaws
}

/** What the acts alone cannot show: that some were cut off the end, or all made anew. */
function flawsByWitness(acts: readonly CaseAct[], witness: Witness): readonly Flaw[] {
  const digests = new Map(acts.map(({ number, digest }) => [number, digest]))
  return [...witness].flatMap(([number, isLogged]): Flaw[] => {
    const digest = digests.get(number)
    if (digest === undefined) return [{ kind: 'act_missing', what: String(number) }]
    return isLogged(digest) ? [] : [{ kind: 'act_changed', what: String(number) }]
  })
}

function flawsOfEntries(acts: readonly CaseAct[], entries: readonly CaseEntry[]): readonly Flaw[] {
  const there = new Map(entries.map((entry) => [entry.id, entryDigest(entry)]))
  const written = acts.filter(({ act }) => act === 'entry_written')
  const known = new Set(written.map(({ what }) => what['entry']))
  const unwritten = entries.filter(({ id }) => !known.has(id))
  return [
    ...written.flatMap(({ what: { entry = '', sha256 } }): Flaw[] => {
      const digest = there.get(entry)
      if (digest === sha256) return []
      return [{ kind: digest === undefined ? 'entry_missing' : 'entry_changed', what: entry }]
    }),
    ...unwritten.map(({ id }): Flaw => ({ kind: 'entry_changed', what: id })),
  ]
}

async function flawOfFile(
  { what }: CaseAct,
  files: readonly CaseFile[],
  pathTo: (file: string) => string,
): Promise<Flaw | undefined> {
  const { file = '', name = '', sha256 } = what
  const path = pathTo(file)
  const isListed = files.some((one) => one.id === file && one.sha256 === sha256)
  if (!isListed || (await sizeOf(path)) === undefined)
    return { kind: 'file_missing', what: `${name} (${file})` }
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex') === sha256
    ? undefined
    : { kind: 'file_changed', what: `${name} (${file})` }
}
