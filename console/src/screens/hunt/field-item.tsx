// One field: opens to its top values in the events found, with include and exclude beside each.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Hunt, HuntField } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useSide, useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import { topQuery } from '../../queries.ts'
import styles from './hunt.module.css'
import type { HuntProps } from './use-hunt.ts'

type Props = HuntProps & { field: HuntField; hunt: Hunt }

export function FieldItem({ field, hunt, state }: Props) {
  const words = useWords().hunt
  const side = useSide()
  const { name } = field
  const isOpen = state.open.includes(name)
  const isColumn = state.columns.includes(name)
  const toggleColumn = (): void => {
    const others = state.columns.filter((one) => one !== name)
    state.setColumns(isColumn ? others : [...others, name])
  }
  return (
    <li>
      <div className={styles.field}>
        <button
          type="button"
          className="bare small"
          aria-expanded={isOpen}
          title={side(field.meaning)}
          onClick={() => state.toggleOpen(name)}
        >
          <Icon name={isOpen ? 'opened' : 'open'} />
          <span className="mono">{name}</span>
        </button>
        <button
          type="button"
          className="bare small"
          aria-pressed={isColumn}
          onClick={toggleColumn}
          title={words.column1(name)}
        >
          <Icon name="column" />
          <span className="unseen">{words.column1(name)}</span>
        </button>
      </div>
      {isOpen && <TopValues name={name} hunt={hunt} state={state} />}
    </li>
  )
}

const SHOWN = 10

function TopValues({ name, hunt, state }: HuntProps & { name: string; hunt: Hunt }) {
  const words = useWords().hunt
  const format = useFormat()
  const [exact, setExact] = useState(false)
  const { data, error } = useQuery(topQuery({ ...hunt, field: name, limit: SHOWN, exact }))
  if (error) return <Problem error={error} />
  if (!data) return <Loading />
  if (data.values.length === 0) return <p className="quiet">{words.noValues}</p>
  const top = Math.max(...data.values.map(({ count }) => count))
  return (
    <>
      {data.sample === null ? (
        <p className="quiet">{words.distinct(data.distinct)}</p>
      ) : (
        <p className="quiet">
          {words.estimated(format.number(data.sample.rows), format.estimate(data.sample.of))}{' '}
          <button type="button" className="small" onClick={() => setExact(true)}>
            {words.countAll}
          </button>
        </p>
      )}
      <ul className={styles.values}>
        {data.values.map(({ value, count }) => (
          <TopValue
            key={value}
            name={name}
            value={value}
            count={count}
            share={count / top}
            isEstimate={data.sample !== null}
            state={state}
          />
        ))}
      </ul>
    </>
  )
}

type ValueProps = HuntProps & {
  name: string
  value: string
  count: number
  share: number
  isEstimate: boolean
}

function TopValue({ name, value, count, share, isEstimate, state }: ValueProps) {
  const words = useWords().hunt
  const format = useFormat()
  return (
    <li>
      <span className={styles.share} style={{ width: `${share * 100}%` }} />
      <span className={styles.value} title={value}>
        {value === '' ? words.absent : value}
      </span>
      <span className="number quiet">
        {isEstimate ? format.estimate(count) : format.number(count)}
      </span>
      <button
        type="button"
        className="bare small"
        title={words.include1(name, value)}
        onClick={() => state.condition(name, value, false)}
      >
        <Icon name="plus" />
        <span className="unseen">{words.include1(name, value)}</span>
      </button>
      <button
        type="button"
        className="bare small"
        title={words.exclude1(name, value)}
        onClick={() => state.condition(name, value, true)}
      >
        <Icon name="minus" />
        <span className="unseen">{words.exclude1(name, value)}</span>
      </button>
    </li>
  )
}
