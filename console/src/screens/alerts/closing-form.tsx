// Closing asks what it was and why: an inline form, so that the list and the alert stay readable.

import { useEffect, useId, useRef, useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import type { Assessment } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { ASSESSMENTS } from '../../parts/assessments.ts'
import { formText } from '../../parts/form-text.ts'
import styles from './alerts.module.css'

type Props = {
  count: number
  close: (assessment: Assessment, reason: string) => void
  cancel: () => void
}

export function ClosingForm({ count, close, cancel }: Props) {
  const words = useWords().closing
  const form = useRef<HTMLFormElement>(null)
  const [isMissing, setMissing] = useState(false)
  const heading = useId()
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [])
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const assessment = ASSESSMENTS.find(
      (one) => one === formText(event.currentTarget, 'assessment'),
    )
    const reason = formText(event.currentTarget, 'reason').trim()
    if (assessment && reason !== '') close(assessment, reason)
    else setMissing(true)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') cancel()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      form.current?.requestSubmit()
    else return
    event.preventDefault()
  }
  return (
    <form
      ref={form}
      className={styles.closing}
      aria-labelledby={heading}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <h2 id={heading}>{words.title(count)}</h2>
      <AssessmentChoices />
      <label className="field">
        {words.reason}
        <textarea name="reason" rows={2} maxLength={2000} required />
      </label>
      <Decide cancel={cancel} missing={isMissing ? words.missing : null} />
    </form>
  )
}

function Decide({ cancel, missing }: { cancel: () => void; missing: string | null }) {
  const words = useWords().closing
  return (
    <div className="row">
      <button type="submit" className="main">
        {words.go}
      </button>
      <button type="button" onClick={cancel}>
        {words.cancel}
      </button>
      <span role="alert">{missing}</span>
    </div>
  )
}

function AssessmentChoices() {
  const words = useWords()
  return (
    <fieldset>
      <legend>{words.closing.assessment}</legend>
      <div className={styles.assessments}>
        {ASSESSMENTS.map((value) => (
          <label key={value} className="choice">
            <input type="radio" name="assessment" value={value} required />
            {words.assessment[value]}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
