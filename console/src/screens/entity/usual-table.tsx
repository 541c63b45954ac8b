// What is usual for an entity beside what is there today.

import type { EntityDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Table } from '../../parts/table.tsx'

export function UsualTable({ usual }: Pick<EntityDetail, 'usual'>) {
  const words = useRoomWords().entityPage
  const format = useFormat()
  const isToday = ({ today, days }: EntityDetail['usual'][number]) =>
    today ? (days === 0 ? words.newToday : words.today) : words.notToday
  return (
    <Table
      title={words.usual}
      none={words.usualNone}
      columns={Object.values(words.usualColumns)}
      rows={usual.map((one) => ({
        key: `${one.aspect} ${one.value}`,
        cells: [
          words.aspects[one.aspect],
          <span className="mono">{one.value}</span>,
          format.number(one.days),
          format.time(one.last),
          one.today && one.days === 0 ? <strong>{isToday(one)}</strong> : isToday(one),
        ],
      }))}
    />
  )
}
