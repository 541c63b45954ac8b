// The station's own rule files: written whole or not at all, read by the same watch as every other.

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { RuleFile } from '../../model/index.ts'
import type { RuleBook } from '../rule-book.ts'
import type { RuleShelf } from '../rule-shelf.ts'
import { unusable, usableText } from './check-text.ts'
import type { ReadText } from './check-text.ts'

export type RuleFiles = {
  /**
   * Text that can be used becomes a file, named for the title and id of its first document: the same rule, the same file.
   * Throws RULE_UNUSABLE; also for an exception without a reason or an end, and for an id that another file has.
   */
  readonly save: (text: string) => Promise<RuleFile>
  /** Throws NOT_FOUND. */
  readonly read: (name: string) => Promise<string>
  /** Throws NOT_FOUND. */
  readonly remove: (name: string) => Promise<void>
}

export type RuleFilesOptions = {
  readonly folder: string
  readonly shelf: RuleShelf<RuleBook>
  readonly clock: Clock
}

const NAME = /^[a-z0-9][a-z0-9-]{0,90}\.yml$/

export function openRuleFiles({ folder, shelf, clock }: RuleFilesOptions): RuleFiles {
  return {
    save: async (text) => {
      const today = new Date(clock.nowMs()).toISOString().slice(0, 10)
      const read = usableText(text, shelf.current, today)
      const name = nameOf(read)
      const file = join(folder, name)
      refuseEndless(read)
      refuseTaken(read, { file, taken: filesOf(shelf) })
      await mkdir(folder, { recursive: true })
      const half = `${file}.half`
      await writeFile(half, text, { flush: true })
      await rename(half, file)
      return { name, file }
    },
    read: (name) => atFile(folder, name, (file) => readFile(file, 'utf8')),
    remove: (name) => atFile(folder, name, (file) => rm(file)),
  }
}

async function atFile<T>(
  folder: string,
  name: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  if (!NAME.test(name)) throw new VigieError('NOT_FOUND', { what: name.slice(0, 100) })
  return work(join(folder, name)).catch((cause: unknown) => {
    throw new VigieError('NOT_FOUND', { what: name }, { cause })
  })
}

function nameOf({ rules, filters, correlations }: ReadText): string {
  const [first] = [
    ...rules.map(({ id, title }) => ({ id, title: title.en })),
    ...filters,
    ...correlations.map(({ id, title }) => ({ id, title: title.en })),
  ]
  const slug = (first?.title ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '')
  const mark = createHash('sha256')
    .update(first?.id ?? '')
    .digest('hex')
    .slice(0, 8)
  return `${slug === '' ? 'rule' : slug}-${mark}.yml`
}

/** What is accepted here is looked at again one day, by someone who can read why. */
function refuseEndless({ filters }: ReadText): void {
  for (const { description, expires, at } of filters) {
    if (description.trim() === '')
      throw unusable({
        sentence: 'The exception needs a “description”: why is this accepted?',
        ...at,
      })
    if (expires === undefined)
      throw unusable({
        sentence: 'The exception needs an end: vigie: { expires: YYYY-MM-DD }.',
        ...at,
      })
  }
}

type Taken = { readonly file: string; readonly taken: ReadonlyMap<string, string> }

function refuseTaken({ rules, filters, correlations }: ReadText, { file, taken }: Taken): void {
  for (const { id, at } of [...rules, ...filters, ...correlations]) {
    const other = taken.get(id)
    if (other === undefined || other === file) continue
    throw unusable({
      sentence: `Its id is that of ${basename(other)} already. Give it an id of its own.`,
      ...at,
    })
  }
}

function filesOf({
  current: { rules, filters, correlations },
}: RuleShelf<RuleBook>): Taken['taken'] {
  return new Map([
    ...rules.map(({ id, file }) => [id, file] as const),
    ...filters.map(({ id, file }) => [id, file] as const),
    ...correlations.plans.map(({ correlation: { id, file } }) => [id, file] as const),
  ])
}
