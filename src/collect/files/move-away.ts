// Moves a file out of the inbox without ever replacing another one.

import { link, mkdir, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname, join, parse, relative } from 'node:path'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { describeProblem } from './problem.ts'
import type { FileResult } from './read-file.ts'

export type Moving = {
  readonly folder: string
  readonly result: FileResult
  readonly language: Language
}

const MAX_NAMES_TRIED = 10_000

/** Returns where the file is now: below `done`, or below `problem` with a `.txt` beside it. */
export async function moveAway(
  path: string,
  { folder, result, language }: Moving,
): Promise<string> {
  const hasProblems = result.problems.length > 0
  const wanted = join(folder, hasProblems ? 'problem' : 'done', relative(folder, path))
  await mkdir(dirname(wanted), { recursive: true })
  const movedTo = await moveToFree(path, wanted)
  if (hasProblems)
    await writeFile(`${movedTo}.txt`, noteOf(relative(folder, path), result, language))
  return movedTo
}

/** `fw.log`, else `fw-1.log`, `fw-2.log`, … A hard link fails where a name is taken; a rename would replace it. */
async function moveToFree(path: string, wanted: string): Promise<string> {
  const { dir, name, ext } = parse(wanted)
  for (let number = 0; number < MAX_NAMES_TRIED; number += 1) {
    const target = number === 0 ? wanted : join(dir, `${name}-${number}${ext}`)
    try {
      await link(path, target)
      await unlink(path)
      return target
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') continue
      if (codeOf(thrown) === 'ENOENT') throw thrown
      // A file system without hard links.
      await rename(path, target)
      return target
    }
  }
  throw new Error(`no free name for ${wanted}`)
}

function noteOf(file: string, { lines, problems }: FileResult, language: Language): string {
  const head = wordsOf(language).collect.inboxNote({ file, lines })
  const notes = problems.map(
    (problem) => `- ${problem.file}: ${describeProblem(problem, language)}`,
  )
  return [head, '', ...notes, ''].join('\n')
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
}
