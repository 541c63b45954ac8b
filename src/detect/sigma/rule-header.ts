// What a rule says about itself, and Vigie's own key in it:
//   vigie: { fr: { title, description }, entity: account|address|device|source, tradecraft: [A01], and what guidance.ts reads }

import { basename } from 'node:path'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { EntityKindSchema, SeveritySchema } from '../../model/index.ts'
import type { EntityKind, Severity } from '../../model/index.ts'
import { guidanceOf } from './guidance.ts'
import type { LoadedRule, Logsource } from './rule.ts'
import type { MapTree, Place, Tree } from './tree.ts'
import { entryOf, textOf, textsOf } from './yaml-tree.ts'

export type Header = Omit<LoadedRule, 'selections' | 'condition' | 'filters'>

/** What rules and filters both have. */
export type Named = {
  readonly id: string
  readonly title: string
  readonly logsource: Logsource
  readonly file: string
  readonly at: Place
}

/** Correlations have no log source: their rules do. */
export type HeaderOptions = { readonly needsLogsource: boolean }

export function readName(
  file: string,
  tree: MapTree,
  options: HeaderOptions = { needsLogsource: true },
): Result<Named> {
  const complaint = complaintOf(tree, options)
  if (complaint !== undefined)
    return failed({ code: 'RULE_INVALID', sentence: complaint.sentence, file, ...complaint.at })
  const title = textOf(entryOf(tree, 'title'))
  const id = textOf(entryOf(tree, 'id'))
  return ok({
    id: id === '' ? `${basename(file)}#${title}` : id.toLowerCase(),
    title,
    logsource: logsourceOf(entryOf(tree, 'logsource')),
    file,
    at: tree.at,
  })
}

export function readHeader(file: string, tree: MapTree, options?: HeaderOptions): Result<Header> {
  const named = readName(file, tree, options)
  if (!named.ok) return named
  const { title } = named.value
  const text = (key: string) => textOf(entryOf(tree, key))
  const texts = (key: string) => textsOf(entryOf(tree, key))
  const own = entryOf(tree, 'vigie')
  const fr = own === undefined ? undefined : entryOf(own, 'fr')
  const description = text('description')
  const references = texts('references')
  return ok({
    ...named.value,
    name: text('name'),
    title: { en: title, fr: frenchOr(fr, 'title', title) },
    description: { en: description, fr: frenchOr(fr, 'description', description) },
    level: levelOf(tree) ?? 'medium',
    status: text('status'),
    author: text('author'),
    reference: references[0] ?? '',
    references,
    attack: texts('tags').flatMap(techniqueOf),
    tags: texts('tags'),
    falsePositives: texts('falsepositives'),
    guidance: guidanceOf(own),
    entity: entityOf(own),
    tradecraft: own === undefined ? [] : textsOf(entryOf(own, 'tradecraft')),
  })
}

type Complaint = { readonly sentence: string; readonly at: Place }

const MAX_TITLE = 256

function complaintOf(tree: MapTree, { needsLogsource }: HeaderOptions): Complaint | undefined {
  const say = (key: string, sentence: string): Complaint => ({
    sentence,
    at: entryOf(tree, key)?.at ?? tree.at,
  })
  const title = textOf(entryOf(tree, 'title'))
  if (title === '') return say('title', 'The rule has no title.')
  if (title.length > MAX_TITLE)
    return say('title', `The title is longer than ${MAX_TITLE} characters.`)
  const logsource = entryOf(tree, 'logsource')
  const namesNone = logsource?.kind !== 'map' || Object.keys(logsourceOf(logsource)).length === 0
  if (needsLogsource && namesNone) {
    return say('logsource', 'The rule has no “logsource” with a category, product or service.')
  }
  const taxonomy = textOf(entryOf(tree, 'taxonomy'))
  if (taxonomy !== '' && taxonomy !== 'sigma')
    return say('taxonomy', `The taxonomy “${taxonomy}” is not mapped here; only “sigma” is.`)
  const level = textOf(entryOf(tree, 'level'))
  if (level !== '' && levelOf(tree) === undefined)
    return say(
      'level',
      `“${level}” is no level; expected informational, low, medium, high or critical.`,
    )
  return entityComplaint(entryOf(tree, 'vigie'))
}

function entityComplaint(own: Tree | undefined): Complaint | undefined {
  const entity = own === undefined ? undefined : entryOf(own, 'entity')
  if (entity === undefined || EntityKindSchema.safeParse(textOf(entity)).success) return undefined
  return {
    sentence: `“${textOf(entity)}” is no entity; expected account, address, device or source.`,
    at: entity.at,
  }
}

function levelOf(tree: MapTree): Severity | undefined {
  return SeveritySchema.safeParse(textOf(entryOf(tree, 'level')).toLowerCase()).data
}

function entityOf(own: Tree | undefined): EntityKind | undefined {
  return own === undefined
    ? undefined
    : EntityKindSchema.safeParse(textOf(entryOf(own, 'entity'))).data
}

function frenchOr(fr: Tree | undefined, key: string, english: string): string {
  const text = fr === undefined ? '' : textOf(entryOf(fr, key))
  return text === '' ? english : text
}

/** `attack.t1059.001` is `T1059.001`; tactics and groups stay in the tags. */
function techniqueOf(tag: string): readonly string[] {
  const found = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)
  return found?.[1] === undefined ? [] : [found[1].toUpperCase()]
}

function logsourceOf(tree: Tree | undefined): Logsource {
  if (tree === undefined) return {}
  const part = (key: 'category' | 'product' | 'service'): Logsource => {
    const text = textOf(entryOf(tree, key)).toLowerCase()
    return text === '' ? {} : { [key]: text }
  }
  return { ...part('category'), ...part('product'), ...part('service') }
}
