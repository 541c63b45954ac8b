// Who did what with the alert, and a place to say something about it.

import type { FormEvent, KeyboardEvent } from 'react'
import type { AlertDetail, AlertHistory as Entry } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useWords } from '../../language.ts'
import type { ConsoleWords } from '../../language.ts'
import { formText } from '../../parts/form-text.ts'
import layout from '../../parts/layout.module.css'
import styles from './alerts.module.css'
import type { AlertActions } from './use-alert-actions.ts'

export function AlertHistory({ detail, actions }: { detail: AlertDetail; actions: AlertActions }) {
  const words = useWords()
  const format = useFormat()
  return (
    <section className={layout.section}>
      <h3>{words.alert.history}</h3>
      <ol className={styles.history}>
        {detail.history.map((entry) => (
          <li key={`${entry.at}${entry.action}${entry.who}`}>
            <span className="quiet number">{format.full(entry.at)}</span>{' '}
            <strong>{entry.who}</strong> {words.alert.actions[entry.action]}{' '}
            {changeOf(entry, words)}
            {entry.comment !== null && <p className={styles.comment}>{entry.comment}</p>}
          </li>
        ))}
      </ol>
      <CommentForm id={detail.alert.id} actions={actions} />
    </section>
  )
}

/** States by their names; anything else as the station wrote it. */
function changeOf({ from, to }: Entry, { state }: ConsoleWords): string {
  const names: Readonly<Record<string, string>> = state
  const name = (value: string | null): string => (value === null ? '' : (names[value] ?? value))
  return [name(from), name(to)].filter(Boolean).join(' → ')
}

function CommentForm({ id, actions }: { id: string; actions: AlertActions }) {
  const words = useWords().alert
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const comment = formText(form, 'comment').trim()
    if (comment === '') return
    actions.comment([id], comment)
    form.reset()
  }
  return (
    <form onSubmit={submit} onKeyDown={submitByKey} className={styles.commentForm}>
      <label className="field">
        {words.addComment}
        <textarea name="comment" rows={2} maxLength={5000} />
      </label>
      <button type="submit">{words.send}</button>
    </form>
  )
}

function submitByKey({
  key,
  ctrlKey,
  metaKey,
  currentTarget,
}: KeyboardEvent<HTMLFormElement>): void {
  if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.requestSubmit()
}
