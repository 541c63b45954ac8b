// Follows git repositories of configurations: each version of each file is taken in with the time of its commit, the oldest
// first. Where it stopped is kept with every commit, so that it goes on from there.

import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError, isVigieError } from '../../core/index.ts'
import type { Clock, ErrorDetails } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import type { Audit } from '../records/open-audit.ts'
import { LIMITS } from '../tree/node-builder.ts'
import { gitIn } from './git-program.ts'
import type { Git } from './git-program.ts'
import { LOG_ARGUMENTS, mayBeConfig, readHistory } from './history.ts'
import type { Commit } from './history.ts'
import { dueRepositories, keepLook, keepPlace } from './keep-repositories.ts'
import type { Repository } from './keep-repositories.ts'

export type FollowParts = {
  readonly records: Records
  readonly audit: Pick<Audit, 'take'>
  readonly clock: Clock
  /** Mirrors are kept here. */
  readonly folder: string
  readonly limits?: Partial<RepositoryLimits>
  /** The history is another one than it was. */
  readonly onRewritten: (place: string, lost: string) => Promise<void>
}
export type RepositoryLimits = {
  readonly bytes: number
  readonly commits: number
  readonly fetchMs: number
}

export const REPOSITORY_LIMITS: RepositoryLimits = {
  bytes: 2 * 1024 * 1024 * 1024,
  commits: 500_000,
  fetchMs: 20 * 60_000,
}

/** Looks at each repository once. A repository that cannot be read keeps its trouble; the others go on. */
export async function followOnce(parts: FollowParts, signal?: AbortSignal): Promise<void> {
  for (const repository of await dueRepositories(parts.records)) {
    if (signal?.aborted === true) return
    try {
      await followRepository(repository, parts, signal)
    } catch (cause) {
      if (!isVigieError(cause) || cause.code !== 'REPOSITORY_REFUSED') throw cause
      await keepLook(parts.records, repository.place, {
        looked: new Date(parts.clock.nowMs()),
        problem: cause.details as ErrorDetails['REPOSITORY_REFUSED'],
      })
    }
  }
}

/** Where the mirror of a repository is. */
export function mirrorOf(folder: string, place: string): string {
  return join(folder, createHash('sha256').update(place).digest('hex').slice(0, 24))
}

async function followRepository(
  repository: Repository,
  parts: FollowParts,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { place } = repository
  const limits = { ...REPOSITORY_LIMITS, ...parts.limits }
  const git = gitIn(mirrorOf(parts.folder, place), place)
  const head = await fetchInto(git, repository, { folder: parts.folder, limits })
  const known = await sameHistory(git, repository.head, head)
  if (!known.isSame && repository.head !== null) {
    await parts.onRewritten(place, repository.head)
    await keepLook(parts.records, place, {
      rewritten: new Date(parts.clock.nowMs()),
      lost: repository.head,
    })
  }
  const range = known.from === null ? [head] : [head, `^${known.from}`]
  await refuseTooMany(git, range, { place, most: limits.commits })
  for await (const commit of readHistory(
    git.stream([...inMirror, ...LOG_ARGUMENTS, ...range, '--']),
  )) {
    if (signal?.aborted === true) return
    await takeCommit(commit, repository, { git, parts })
  }
  await keepLook(parts.records, place, {
    looked: new Date(parts.clock.nowMs()),
    problem: null,
    head,
  })
}

const inMirror = ['--git-dir=mirror'] as const

/** The newest commit. */
async function fetchInto(
  git: Git,
  { place, branch }: Repository,
  { folder, limits }: { readonly folder: string; readonly limits: RepositoryLimits },
): Promise<string> {
  const mirror = mirrorOf(folder, place)
  await git.run(['init', '--quiet', '--bare', '--template=', 'mirror'])
  const from = branch === '' ? 'HEAD' : `refs/heads/${branch}`
  const fetching = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--force']
  const watched = { folder: mirror, mostBytes: limits.bytes }
  try {
    await git.run(
      [...inMirror, ...fetching, '--end-of-options', place, `+${from}:refs/heads/followed`],
      {
        timeoutMs: limits.fetchMs,
        watched,
      },
    )
  } catch (cause) {
    // Half a pack is of no use, and a large one may fill the disk.
    if (isVigieError(cause) && Object(cause.details)['problem'] === 'too_large')
      rmSync(join(mirror, 'mirror'), { recursive: true, force: true })
    throw cause
  }
  const head = await git.run([...inMirror, 'rev-parse', '--verify', 'refs/heads/followed^{commit}'])
  return head.toString('utf8').trim()
}

type Known = {
  readonly isSame: boolean
  /** What was taken in before; null: nothing. */
  readonly from: string | null
}

async function sameHistory(git: Git, head: string | null, now: string): Promise<Known> {
  if (head === null) return { isSame: true, from: null }
  const base = await git
    .run([...inMirror, 'merge-base', head, now])
    .then((said) => said.toString('utf8').trim())
    // No commit of both, or one that is not here any more.
    .catch(() => null)
  return { isSame: base === head, from: base }
}

async function refuseTooMany(
  git: Git,
  range: readonly string[],
  { place, most }: { readonly place: string; readonly most: number },
): Promise<void> {
  const counted = await git.run([
    ...inMirror,
    'rev-list',
    '--count',
    '--first-parent',
    ...range,
    '--',
  ])
  const count = Number(counted.toString('utf8'))
  if (count > most)
    throw new VigieError('REPOSITORY_REFUSED', {
      place,
      problem: 'too_many_commits',
      reason: `${count} > ${most}`,
    })
}

type Taking = { readonly git: Git; readonly parts: FollowParts }

async function takeCommit(
  { id, atMs, files }: Commit,
  { place }: Repository,
  { git, parts }: Taking,
): Promise<void> {
  let versions = 0
  const refused: { file: string; commit: string; problem: string }[] = []
  for (const { path, blob } of files.filter((file) => mayBeConfig(file.path))) {
    const bytes = await contentOf(git, blob)
    const taken =
      bytes === undefined ? undefined : await parts.audit.take(bytes, { source: path, atMs })
    if (taken?.ok === true) versions += taken.isNew ? 1 : 0
    // An empty file is one that a collector could not fill.
    else if (bytes === undefined || bytes.length > 0)
      refused.push({ file: path, commit: id, problem: taken?.problem.kind ?? 'too_large' })
  }
  await keepPlace(parts.records, place, { head: id, versions, refused })
}

/** Undefined for a file that is larger than a configuration may be. */
async function contentOf(git: Git, blob: string): Promise<Buffer | undefined> {
  try {
    return await git.run([...inMirror, 'cat-file', 'blob', blob], { mostBytes: LIMITS.size })
  } catch (cause) {
    if (isVigieError(cause) && Object(cause.details)['problem'] === 'file_too_large')
      return undefined
    throw cause
  }
}
