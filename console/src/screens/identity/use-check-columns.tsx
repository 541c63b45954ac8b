// Columns of the checks.

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { IdentityCheck } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import type { Format } from '../../format.ts'
import { useLanguage, useRoomWords } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import type { GridColumn } from '../../parts/grid-props.ts'
import { Severity } from '../../parts/severity.tsx'
import { textColumn } from '../../parts/text-column.ts'
import type { Language } from '../../preferences.ts'
import { VerdictMark } from './verdict-mark.tsx'

type Words = RoomWords['identity']

export function useCheckColumns(): readonly GridColumn<IdentityCheck>[] {
  const words = useRoomWords().identity
  const format = useFormat()
  const language = useLanguage()
  return useMemo(
    () => [...judged(words), ...named(words, language), ...rest(words, format)],
    [words, format, language],
  )
}

function judged({ columns, terms }: Words): readonly GridColumn<IdentityCheck>[] {
  return [
    {
      id: 'verdict',
      heading: columns.verdict,
      width: 9,
      text: ({ verdict }) => terms.verdicts[verdict],
      cell: ({ verdict }) => <VerdictMark is={verdict} />,
    },
    {
      id: 'severity',
      heading: columns.severity,
      width: 6.5,
      text: ({ severity }) => terms.severities[severity],
      cell: ({ severity }) => <Severity is={severity} />,
    },
  ]
}

function named({ columns }: Words, language: Language): readonly GridColumn<IdentityCheck>[] {
  return [
    textColumn({ id: 'id', heading: columns.id, width: 8, isMono: true, text: ({ id }) => id }),
    {
      id: 'title',
      heading: columns.title,
      text: ({ title }) => title[language],
      cell: ({ id, title }, tab) => (
        <Link to="/identity" search={(before) => ({ ...before, check: id })} tabIndex={tab}>
          {title[language]}
        </Link>
      ),
    },
  ]
}

function rest({ columns, groups }: Words, format: Format): readonly GridColumn<IdentityCheck>[] {
  const names = new Map(Object.entries(groups))
  return [
    textColumn({
      id: 'found',
      heading: columns.found,
      width: 4.5,
      isNumber: true,
      text: ({ found, verdict }) => (verdict === 'not_assessable' ? '–' : format.number(found)),
    }),
    textColumn({
      id: 'group',
      heading: columns.group,
      width: 12,
      text: ({ group }) => names.get(group) ?? group,
    }),
    textColumn({
      id: 'since',
      heading: columns.since,
      width: 6.5,
      text: ({ since }) => dayOf(since) || '–',
    }),
  ]
}
