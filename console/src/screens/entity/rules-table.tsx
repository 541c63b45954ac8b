// Which rules and analytics ever found something on an entity.

import { Link } from '@tanstack/react-router'
import type { EntityDetail } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Severity } from '../../parts/severity.tsx'
import { Table } from '../../parts/table.tsx'

export function RulesTable({ rules }: Pick<EntityDetail, 'rules'>) {
  const words = useRoomWords().entityPage
  const format = useFormat()
  return (
    <Table
      title={words.rules}
      none={words.rulesNone}
      columns={Object.values(words.ruleColumns)}
      rows={rules.map(({ rule, title, severity, findings, last }) => ({
        key: rule,
        cells: [
          <Severity is={severity} />,
          <Link to="/rules" search={{ rule }}>
            {title}
          </Link>,
          format.number(findings),
          format.time(last),
        ],
      }))}
    />
  )
}
