// The cases an alert belongs to, and the way into one.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Alert } from '../../api-types.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { SelectField } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { CASES, addAlert, casesOfAlertQuery, casesQuery } from '../cases/case-api.ts'
import { OpenCase } from '../cases/open-case.tsx'

export function AlertCases({ alert: { id, title, entity, severity } }: { alert: Alert }) {
  const words = useRoomWords().cases.alert
  const side = useSide()
  const { data } = useQuery(casesOfAlertQuery(id))
  return (
    <section className={layout.section}>
      <h3>{words.title}</h3>
      {data !== undefined && data.cases.length > 0 && (
        <ul>
          {data.cases.map(({ number, title: name }) => (
            <li key={number}>
              <Link to="/cases" search={{ case: String(number), state: 'all' }}>
                {words.in(number, name)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <OpenCase
        key={id}
        title={words.open}
        alert={{ id, title: `${side(title)}: ${entity}`.slice(0, 200), severity }}
      />
      <AddToCase alert={id} known={new Set(data?.cases.map(({ number }) => number))} />
    </section>
  )
}

function AddToCase({ alert, known }: { alert: string; known: ReadonlySet<number> }) {
  const words = useRoomWords().cases.alert
  const { data } = useQuery(casesQuery)
  const others = (data?.cases ?? []).filter(
    ({ number, state }) => state !== 'closed' && !known.has(number),
  )
  if (others.length === 0) return null
  return (
    <ActForm
      title={words.add}
      action={words.go}
      refreshes={CASES}
      send={(form) => addAlert(Number(formText(form, 'case')), alert)}
    >
      <SelectField
        label={words.which}
        name="case"
        options={others.map(({ number, title }) => ({
          value: String(number),
          label: words.in(number, title),
        }))}
      />
    </ActForm>
  )
}
