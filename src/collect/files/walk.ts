// Which files a path means: a file, a folder with all below it, or a glob. Links inside folders are not followed, so
// that a folder cannot lead out of itself.

import { glob, lstat, opendir, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { VigieError, reasonOf } from '../../core/index.ts'
import type { FileProblem } from './problem.ts'

export type WalkedFile =
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  /** Left out, and why. */
  | { readonly kind: 'skipped'; readonly problem: FileProblem }

const LEFT_OUT = new Set(['.git'])
const GLOB_CHARACTERS = /[*?[\]{}]/

/** Each file once, in the order of names. Throws NOTHING_TO_READ for a path or glob that leads to nothing. */
export async function* walkPaths(paths: readonly string[]): AsyncGenerator<WalkedFile> {
  const seen = new Set<string>()
  for (const path of paths) {
    let found = 0
    for await (const file of walkOne(path)) {
      found += 1
      const key = file.kind === 'file' ? file.path : file.problem.file
      if (seen.has(key)) continue
      seen.add(key)
      yield file
    }
    if (found === 0 && !(await exists(path))) throw new VigieError('NOTHING_TO_READ', { path })
  }
}

async function* walkOne(path: string): AsyncGenerator<WalkedFile> {
  if (await exists(path)) {
    yield* walkNamed(resolve(path))
    return
  }
  if (!GLOB_CHARACTERS.test(path)) return
  const matches: string[] = []
  for await (const match of glob(path)) matches.push(resolve(match))
  for (const match of matches.toSorted()) yield* walkNamed(match)
}

/** What the operator named may be a link; what lies below a folder may not. */
async function* walkNamed(path: string): AsyncGenerator<WalkedFile> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) yield* walkFolder(await realpath(path))
    else if (facts.isFile()) yield { kind: 'file', path, size: facts.size }
    else yield skipped({ file: path, code: 'not_a_file', details: {} })
  } catch (thrown) {
    yield skipped({ file: path, code: 'unreadable', details: { reason: reasonOf(thrown) } })
  }
}

async function* walkFolder(folder: string): AsyncGenerator<WalkedFile> {
  for (const name of await namesIn(folder)) {
    if (LEFT_OUT.has(name)) continue
    yield* walkEntry(join(folder, name))
  }
}

async function* walkEntry(path: string): AsyncGenerator<WalkedFile> {
  try {
    const facts = await lstat(path)
    if (facts.isDirectory()) yield* walkFolder(path)
    else if (facts.isFile()) yield { kind: 'file', path, size: facts.size }
    else if (facts.isSymbolicLink())
      yield skipped({ file: path, code: 'symbolic_link', details: {} })
    else yield skipped({ file: path, code: 'not_a_file', details: {} })
  } catch (thrown) {
    yield skipped({ file: path, code: 'unreadable', details: { reason: reasonOf(thrown) } })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = []
  for await (const entry of await opendir(folder)) names.push(entry.name)
  return names.toSorted()
}

function skipped(problem: FileProblem): WalkedFile {
  return { kind: 'skipped', problem }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}
