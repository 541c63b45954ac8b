// How many events there are, what it took to find them, their order, and the way back to the fields.

import { useQuery } from '@tanstack/react-query'
import type { Hunt, HuntRows } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import { Choices } from '../../parts/choices.tsx'
import layout from '../../parts/layout.module.css'
import { histogramQuery } from '../../queries.ts'
import type { HuntProps } from './use-hunt.ts'

type Props = HuntProps & { hunt: Hunt; first: HuntRows | undefined; isBusy: boolean }

export function ResultLine({ hunt, state, first, isBusy }: Props) {
  const words = useWords().hunt
  const format = useFormat()
  const total = useQuery({ ...histogramQuery(hunt), enabled: !state.isSql }).data?.total
  const cost = first?.cost
  return (
    <div className={layout.bar}>
      <span role="status">
        {isBusy && words.searching}
        {!isBusy && total !== undefined && <strong>{words.found(total)}</strong>}
      </span>
      <span className="quiet">
        {cost &&
          words.cost(
            format.number(cost.rowsRead),
            format.bytes(cost.bytesRead),
            format.span(cost.engineMs),
          )}
      </span>
      {!state.isSql && (
        <Choices
          label={words.order}
          choices={[
            { value: 'newest', label: words.newest },
            { value: 'oldest', label: words.oldest },
          ]}
          isChosen={(value) => value === state.order}
          choose={(value) => state.set({ order: value === 'oldest' ? value : undefined })}
        />
      )}
      {!state.isSql && !state.areFieldsShown && (
        <button type="button" onClick={() => state.set({ fields: 'on' })}>
          {words.showFields}
        </button>
      )}
    </div>
  )
}
