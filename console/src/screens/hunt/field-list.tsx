// The fields, each with its top values when opened: how people filter out the noise.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Hunt, HuntField } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Icon } from '../../parts/icon.tsx'
import { huntFieldsQuery } from '../../queries.ts'
import { FieldItem } from './field-item.tsx'
import styles from './hunt.module.css'
import type { HuntProps } from './use-hunt.ts'

const USES = ['lead', 'filter', 'record'] as const satisfies readonly HuntField['use'][]

export function FieldList({ hunt, state }: HuntProps & { hunt: Hunt }) {
  const words = useWords()
  const { data } = useQuery(huntFieldsQuery)
  const [find, setFind] = useState('')
  const low = find.toLowerCase()
  const fields = data?.fields.filter(({ name, meaning }) =>
    [name, meaning.en, meaning.fr].some((text) => text.toLowerCase().includes(low)),
  )
  return (
    <section className={styles.fields} aria-label={words.hunt.fields}>
      <div className={styles.findField}>
        <input
          type="search"
          aria-label={words.hunt.findField}
          placeholder={words.hunt.findField}
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
        <button type="button" className="bare" onClick={() => state.set({ fields: 'off' })}>
          <Icon name="close" />
          <span className="unseen">{words.frame.close}</span>
        </button>
      </div>
      {USES.map((use) => {
        const shown = fields?.filter((field) => field.use === use) ?? []
        return (
          shown.length > 0 && (
            <div key={use}>
              <h2>{words.hunt[use]}</h2>
              <ul>
                {shown.map((field) => (
                  <FieldItem key={field.name} field={field} hunt={hunt} state={state} />
                ))}
              </ul>
            </div>
          )
        )
      })}
    </section>
  )
}
