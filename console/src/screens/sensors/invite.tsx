// A code that enrols one sensor, once, within the hour.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { inviteSensor } from '../../api.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { formText } from '../../parts/form-text.ts'
import { Problem } from '../../parts/problem.tsx'
import { sensorsQuery } from '../../queries.ts'
import styles from './sensors.module.css'

export function Invite() {
  const words = useRoomWords().sensors
  const { time } = useFormat()
  const queries = useQueryClient()
  const invite = useMutation({
    mutationFn: inviteSensor,
    onSettled: () => queries.invalidateQueries({ queryKey: sensorsQuery.queryKey }),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const address = formText(form, 'address').trim()
    invite.mutate({
      name: formText(form, 'name').trim(),
      ...(address === '' ? {} : { address }),
    })
  }
  const command = `vigie sensor --enrol ${invite.data?.code ?? ''}`
  return (
    <details className={styles.invite}>
      <summary>{words.invite}</summary>
      <form className="row" onSubmit={submit}>
        <label>
          {words.columns.name}
          <input name="name" required maxLength={40} pattern="[a-z0-9]([a-z0-9-]*[a-z0-9])?" />
        </label>
        <label>
          {words.address}
          <input name="address" maxLength={300} />
        </label>
        <button type="submit" className="main" disabled={invite.isPending}>
          {words.inviteNow}
        </button>
      </form>
      {invite.error && <Problem error={invite.error} />}
      <div role="status">
        {invite.data && (
          <>
            <p>{words.code(time(invite.data.until))}</p>
            <pre tabIndex={0} aria-label={words.invite}>
              {command}
            </pre>
            <Copy text={command} />
          </>
        )}
      </div>
    </details>
  )
}
