// The first two columns of what is due: until when, and how that stands.

import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { textColumn } from '../../parts/text-column.ts'
import { DueMark } from './due-mark.tsx'

type Due = { readonly due: string | null; readonly overdue: number }
type Marked = { readonly isUnsure: boolean; readonly isExcepted: boolean }

const PLAIN: Marked = { isUnsure: false, isExcepted: false }

export function dueColumns<T extends Due>(
  { columns, overdue, noDate }: RoomWords['exposure'],
  markedAs: (one: T) => Marked = () => PLAIN,
): readonly GridColumn<T>[] {
  return [
    textColumn({
      id: 'due',
      heading: columns.due,
      width: 6.5,
      text: ({ due }) => dayOf(due) || noDate,
    }),
    {
      id: 'state',
      heading: columns.state,
      width: 8.5,
      text: (one) => (one.overdue > 0 ? overdue : ''),
      cell: (one) => <DueMark isOverdue={one.overdue > 0} {...markedAs(one)} due={one.due} />,
    },
  ]
}
