// What happened and what was done, in the order it happened.

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CaseDetail, CaseEntryAsk } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import { ActForm } from '../../parts/act-form.tsx'
import { AreaField, SelectField, TextField, optionsOf } from '../../parts/fields.tsx'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import { localInstant } from '../../parts/local-instant.ts'
import { usePreferences } from '../../preferences.ts'
import { CASES, writeEntry } from './case-api.ts'
import styles from './cases.module.css'
import { oneOf } from './one-of.ts'

type Event = { id: string; at: string; kind: string; by: string; what: ReactNode }

export function CaseTimeline({ detail }: { detail: CaseDetail }) {
  const words = useRoomWords().cases
  const format = useFormat()
  const events = useEvents(detail)
  return (
    <section className={layout.section}>
      <h3>{words.timeline.title}</h3>
      {events.length === 0 && <p>{words.timeline.none}</p>}
      <ol className={styles.events}>
        {events.map(({ id, at, kind, by, what }) => (
          <li key={id}>
            <span className="quiet">
              {format.time(at)} · {kind}
              {by !== '' && ` · ${by}`}
            </span>
            <div className={styles.text}>{what}</div>
          </li>
        ))}
      </ol>
      <WriteEntry number={detail.case.number} />
    </section>
  )
}

function useEvents({ alerts, entries }: CaseDetail): readonly Event[] {
  const words = useRoomWords().cases
  const side = useSide()
  const found = alerts.map(({ id, firstSeen, title, entity }) => ({
    id,
    at: firstSeen,
    kind: words.kinds.seen,
    by: '',
    what: (
      <Link to="/alerts/$id" params={{ id }}>
        {side(title)}: {entity}
      </Link>
    ),
  }))
  const written = entries.map(({ id, at, kind, by, text }) => ({
    id,
    at,
    kind: words.kinds[kind],
    by,
    what: text,
  }))
  return [...found, ...written].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

const KINDS = ['note', 'seen', 'done', 'decided', 'told'] as const

function WriteEntry({ number }: { number: number }) {
  const { timeline: words } = useRoomWords().cases
  const { clock } = usePreferences()
  const { zone } = useFormat()
  return (
    <ActForm
      title={words.write}
      action={words.go}
      refreshes={CASES}
      send={(form) => writeEntry(number, entryOf(form, clock))}
    >
      <SelectField
        label={words.kind}
        name="kind"
        options={optionsOf(words.kindNames)}
        defaultValue="note"
      />
      <AreaField label={words.text} name="text" required maxLength={10_000} />
      <TextField label={`${words.at} (${zone})`} name="at" type="datetime-local" />
      <p className="quiet">{words.how}</p>
    </ActForm>
  )
}

function entryOf(form: HTMLFormElement, clock: 'local' | 'utc'): CaseEntryAsk {
  const at = formText(form, 'at')
  return {
    kind: oneOf(KINDS, formText(form, 'kind')),
    text: formText(form, 'text'),
    ...(at !== '' && { at: localInstant(at, clock) }),
  }
}
