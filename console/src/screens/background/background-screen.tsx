// What analytics know beside the logs, how old that is and under which terms: networks, and tools that intruders use as they are.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { Loading } from '../../parts/loading.tsx'
import { PageTitle } from '../../parts/page-title.tsx'
import { Problem } from '../../parts/problem.tsx'
import { networksQuery, toolsQuery } from './background-api.ts'
import { LookUp } from './look-up.tsx'
import { Networks } from './networks.tsx'
import { Tools } from './tools.tsx'

export function BackgroundScreen() {
  const words = useRoomWords().background
  const networks = useQuery(networksQuery)
  const tools = useQuery(toolsQuery)
  const failed = [networks, tools].find(({ error }) => error !== null)
  const { data: known } = networks
  const { data: lists } = tools
  return (
    <>
      <Link to="/rules">{words.back}</Link>
      <PageTitle title={words.title}>{known && <AsOf at={known.asOf} />}</PageTitle>
      <p className="quiet">{words.how}</p>
      {failed && <Problem error={failed.error} retry={() => void failed.refetch()} />}
      {(!known || !lists) && !failed && <Loading />}
      {known && <Networks state={known} />}
      {known && <LookUp />}
      {lists && <Tools state={lists} />}
    </>
  )
}
