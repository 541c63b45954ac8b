// A search identifier of a rule: maps mean AND, lists mean OR, bare values are keywords.

import { failed, ok } from '../../core/index.ts'
import type { Problem, Result } from '../../core/index.ts'
import { readItem } from './modifiers.ts'
import type { Placeholders } from './modifiers.ts'
import type { Selection } from './rule.ts'
import type { Entry, Place, ScalarTree, Tree } from './tree.ts'

class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.sentence)
    this.problem = problem
  }
}

type Context = { readonly file: string; readonly placeholders: Placeholders }

export function readSelection(
  file: string,
  tree: Tree,
  placeholders: Placeholders,
): Result<Selection> {
  try {
    return ok(selectionOf(tree, { file, placeholders }))
  } catch (thrown) {
    if (thrown instanceof Refused) return failed(thrown.problem)
    throw thrown
  }
}

function selectionOf(tree: Tree, context: Context): Selection {
  if (tree.kind === 'scalar')
    return item({ field: '', modifiers: [], values: [tree], listed: false }, tree.at, context)
  if (tree.kind === 'map') return allOf(tree.entries, tree.at, context)
  if (tree.items.length === 0) throw refused('an empty list selects nothing', tree.at, context)
  const keywords = tree.items.filter((part) => part.kind === 'scalar')
  const others = tree.items
    .filter((part) => part.kind !== 'scalar')
    .map((part) => selectionOf(part, context))
  if (keywords.length === 0) return any(others)
  const spoken = item(
    { field: '', modifiers: [], values: keywords, listed: true },
    tree.at,
    context,
  )
  return any([spoken, ...others])
}

function any(parts: readonly Selection[]): Selection {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : { kind: 'any', parts }
}

function allOf(entries: readonly Entry[], at: Place, context: Context): Selection {
  const parts = entries.map((entry) => entrySelection(entry, context))
  const [only] = parts
  if (only === undefined) throw refused('an empty map selects nothing', at, context)
  return parts.length === 1 ? only : { kind: 'all', parts }
}

function entrySelection({ key, value, at }: Entry, context: Context): Selection {
  const [field = '', ...modifiers] = key.split('|')
  if (value.kind === 'map')
    throw refused(
      `the field “${field}” holds a map; expected a value or a list of values`,
      value.at,
      context,
    )
  const values = value.kind === 'list' ? value.items : [value]
  if (values.length === 0)
    throw refused(`the field “${field}” has an empty list of values`, value.at, context)
  const scalars = values.filter((one) => one.kind === 'scalar')
  if (scalars.length < values.length)
    throw refused(`the field “${field}” holds a nested list or map`, value.at, context)
  return item({ field, modifiers, values: scalars, listed: value.kind === 'list' }, at, context)
}

type Written = {
  readonly field: string
  readonly modifiers: readonly string[]
  readonly values: readonly ScalarTree[]
  readonly listed: boolean
}

function item(written: Written, at: Place, context: Context): Selection {
  // Keywords are sought anywhere in the event, so each is wrapped as if it said `contains`.
  const plain = written.modifiers.every((name) => name === 'all' || name === 'cased')
  const modifiers =
    written.field === '' && plain ? ['contains', ...written.modifiers] : written.modifiers
  const read = readItem({ ...written, modifiers, placeholders: context.placeholders })
  if (!read.ok)
    throw refused(
      `${written.field === '' ? 'a keyword' : `the field “${written.field}”`}: ${read.problem}`,
      at,
      context,
    )
  return { kind: 'item', item: read.value }
}

function refused(sentence: string, at: Place, { file }: Context): Refused {
  return new Refused({
    code: 'SIGMA_SELECTION',
    sentence: `In a selection, ${sentence}.`,
    file,
    ...at,
  })
}
