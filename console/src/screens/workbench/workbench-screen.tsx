// The rule workbench: Sigma text on one side, what is wrong with it and what it would have done on the other.

import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { draftQuery } from '../../queries.ts'
import type { DraftFrom } from '../../queries.ts'
import type { WorkbenchSearch } from '../../search-params.ts'
import { Workbench } from './workbench.tsx'

const route = getRouteApi('/rules/write')

/** Sigma's own words, the same in every language. */
const EMPTY_RULE = `title: 
description: 
author: 
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\example.exe'
  condition: selection
falsepositives: []
level: medium
`

export function WorkbenchScreen() {
  const words = useRoomWords().workbench
  const search = route.useSearch()
  const from = fromOf(search)
  return (
    <>
      <Link to="/rules">{words.back}</Link>
      <PageTitle title={words.title} />
      {from === null ? (
        <Workbench key="new" first={EMPTY_RULE} file={null} />
      ) : (
        <Drafted key={JSON.stringify(from)} from={from} />
      )}
    </>
  )
}

function Drafted({ from }: { from: DraftFrom }) {
  const { data, error, refetch } = useQuery(draftQuery(from))
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  return <Workbench first={data.text} file={'file' in from ? from.file : null} />
}

function fromOf({ batch, line, alert, file }: WorkbenchSearch): DraftFrom | null {
  if (file !== undefined) return { file }
  if (alert !== undefined) return { alert }
  return batch === undefined || line === undefined ? null : { batch, line: Number(line) }
}
