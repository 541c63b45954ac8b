// Sigma text that another station wrote, beside the rules in use here. It may add rules and correlations; it may not touch what
// is here: no filters, no id or name that something here goes by, no correlation over rules that it does not bring itself.

import type { Problem } from '../../core/index.ts'
import type { RuleBook } from '../rule-book.ts'
import type { LoadedCorrelation, LoadedRule } from '../sigma/index.ts'
import { readText } from './check-text.ts'
import type { ReadText } from './check-text.ts'

const MOST_DOCUMENTS = 50

type Place = Pick<Problem, 'line' | 'column'>

/** Why it may not be used, with line and column; undefined = it may. `isOwn`: files that the text would take the place of. */
export function checkForeignText(
  text: string,
  book: RuleBook,
  { today, isOwn }: { readonly today: string; readonly isOwn: (file: string) => boolean },
): string | undefined {
  const read = readText(text, book, today)
  const at = ({ line = 1, column = 1 }: Place, sentence: string) => `${line}:${column} ${sentence}`
  const [filter] = read.filters
  if (filter !== undefined)
    return at(filter.at, 'A filter takes findings away; none is taken from others.')
  const error = read.lints.find(({ severity }) => severity === 'error')
  if (error !== undefined) return at(error, error.sentence)
  const all = [...read.rules, ...read.correlations]
  const [first] = all
  if (first === undefined) return '1:1 There is no rule in it.'
  if (all.length > MOST_DOCUMENTS)
    return at(first.at, `${all.length} rules in one text; at most ${MOST_DOCUMENTS} are taken.`)
  for (const one of all) {
    const problem = touches(one, takenIn(book, isOwn)) ?? reaches(one, read)
    if (problem !== undefined) return at(one.at, problem)
  }
  return undefined
}

type Brought = LoadedRule | LoadedCorrelation

/** Ids and names by which something here is referred to. */
function takenIn(book: RuleBook, isOwn: (file: string) => boolean): ReadonlySet<string> {
  const here: readonly Brought[] = [
    ...book.rules,
    ...book.correlations.plans.map(({ correlation }) => correlation),
  ]
  const others = here.filter(({ file }) => !isOwn(file))
  return new Set(others.flatMap(({ id, name }) => (name === '' ? [id] : [id, name])))
}

function touches({ id, name }: Brought, taken: ReadonlySet<string>): string | undefined {
  if (id.includes('#')) return 'The rule has no “id”; what others are to use needs one (a UUID).'
  if (taken.has(id)) return `Its id ${id} is that of a rule that is here already.`
  if (name !== '' && taken.has(name))
    return `Its name ${name} is that of a rule that is here already.`
  return undefined
}

/** A correlation over rules of this station could keep them from being heard. */
function reaches(one: Brought, { rules, correlations }: ReadText): string | undefined {
  if (!('groupBy' in one)) return undefined
  const own = new Set([...rules, ...correlations].flatMap(({ id, name }) => [id, name]))
  const other = one.rules.find(
    (reference) => !own.has(reference.toLowerCase()) && !own.has(reference),
  )
  return other === undefined
    ? undefined
    : `The correlation is over ${other}, which the text does not bring.`
}
