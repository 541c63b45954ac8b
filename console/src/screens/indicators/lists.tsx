// The lists: how much of each matches now, who says so, and the way to take one back.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { IndicatorList } from '../../api-types.ts'
import { removeIndicatorList } from '../../api.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Problem } from '../../parts/problem.tsx'
import tables from '../../parts/wide-table.module.css'
import styles from './indicators.module.css'

type Props = { lists: readonly IndicatorList[]; chosen: string }

export function Lists({ lists, chosen }: Props) {
  const words = useRoomWords().indicators
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: removeIndicatorList,
    onSettled: () => queries.invalidateQueries({ queryKey: ['indicators'] }),
  })
  if (lists.length === 0) return <p>{words.none}</p>
  const { columns } = words
  return (
    <section className={tables.wide} tabIndex={0} aria-label={words.lists}>
      <h2>{words.lists}</h2>
      <table className={`${tables.table} ${tables.named}`}>
        <thead>
          <tr>
            <th scope="col">{columns.list}</th>
            <th scope="col">{columns.live}</th>
            <th scope="col">{columns.total}</th>
            <th scope="col">{columns.warned}</th>
            <th scope="col">{columns.refused}</th>
            <th scope="col">{columns.confidence}</th>
            <th scope="col">{columns.marking}</th>
            <th scope="col">{columns.updated}</th>
            <th scope="col">{columns.act}</th>
          </tr>
        </thead>
        <tbody>
          {lists.map((list) => (
            <Row
              key={list.name}
              list={list}
              isChosen={list.name === chosen}
              remove={() => remove.mutate(list.name)}
            />
          ))}
        </tbody>
      </table>
      {remove.error && <Problem error={remove.error} />}
    </section>
  )
}

type RowProps = { list: IndicatorList; isChosen: boolean; remove: () => void }

function Row({ list, isChosen, remove }: RowProps) {
  const words = useRoomWords().indicators
  const format = useFormat()
  const [isAsked, setAsked] = useState(false)
  return (
    <tr>
      <th scope="row">
        <Link
          to="/indicators"
          search={{ list: isChosen ? undefined : list.name }}
          aria-current={isChosen ? 'true' : undefined}
        >
          {list.name}
        </Link>
      </th>
      <td className={styles.number}>{format.number(list.live)}</td>
      <td className={styles.number}>{format.number(list.total)}</td>
      <td className={styles.number}>{format.number(list.warned)}</td>
      <td className={styles.number}>{format.number(list.refused)}</td>
      <td className={styles.number}>{list.confidence}</td>
      <td>{list.marking === '' ? words.noMarking : `TLP:${list.marking.toUpperCase()}`}</td>
      <td>
        {format.time(list.updated)} {list.by}
      </td>
      <td>
        {isAsked ? (
          <span className="row">
            <button type="button" onClick={remove}>
              {words.reallyRemove(list.name)}
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              {words.keep}
            </button>
          </span>
        ) : (
          <button type="button" onClick={() => setAsked(true)}>
            {words.remove}
          </button>
        )}
      </td>
    </tr>
  )
}
