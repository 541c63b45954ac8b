// Recognise a source's lines by content, or say which parser reads them.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Source } from '../../api-types.ts'
import { setParser } from '../../api.ts'
import { useWords } from '../../language.ts'
import { useProblemSentence } from '../../parts/problem.tsx'
import { sourcesQuery } from '../../queries.ts'

type Props = { source: Source; parsers: readonly string[]; tab?: 0 | -1 }

export function ParserSelect({ source, parsers, tab = 0 }: Props) {
  const words = useWords().sources
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (parser: string | null) => setParser(source.name, parser),
    onSettled: () => queries.invalidateQueries({ queryKey: sourcesQuery.queryKey }),
  })
  const problem = useProblemSentence(change.error)
  const forced = source.parser
  const names = forced === null || parsers.includes(forced) ? parsers : [forced, ...parsers]
  return (
    <>
      <select
        tabIndex={tab}
        aria-label={words.parserOf(source.name)}
        value={(change.isPending ? change.variables : forced) ?? ''}
        onChange={({ target }) => change.mutate(target.value === '' ? null : target.value)}
      >
        <option value="">{words.byContent}</option>
        {names.filter(Boolean).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span role="status" className={change.error ? undefined : 'unseen'}>
        {change.error && problem}
        {change.isSuccess && words.parserSet(source.name)}
      </span>
    </>
  )
}
