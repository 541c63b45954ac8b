// Signing in with the one-time token that the station printed.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { ApiProblem, signIn } from '../../api.ts'
import { LanguageToggle } from '../../frame/language-toggle.tsx'
import { useWords } from '../../language.ts'
import { formText } from '../../parts/form-text.ts'
import { Problem } from '../../parts/problem.tsx'
import { sessionQuery } from '../../queries.ts'
import styles from './sign-in.module.css'

export function SignIn() {
  const words = useWords().signIn
  const { problem, isBusy, submit } = useSignIn()
  const isRefused = problem instanceof ApiProblem && problem.status === 401
  return (
    <main className={styles.page}>
      <div className={styles.language}>
        <LanguageToggle />
      </div>
      <form onSubmit={submit} className={styles.form}>
        <img src="/vigie.svg" alt="" width="48" height="48" />
        <h1>{words.title}</h1>
        <p>{words.how}</p>
        <label className="field">
          {words.token}
          <input name="token" type="password" required maxLength={200} autoComplete="off" />
        </label>
        {isRefused && <p role="alert">{words.refused}</p>}
        {problem !== null && !isRefused && <Problem error={problem} />}
        <button type="submit" className="main" disabled={isBusy}>
          {words.go}
        </button>
      </form>
    </main>
  )
}

function useSignIn() {
  const queries = useQueryClient()
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const go = async (token: string): Promise<void> => {
    setBusy(true)
    try {
      queries.setQueryData(sessionQuery.queryKey, await signIn(tokenOf(token)))
    } catch (thrown) {
      setProblem(thrown)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    void go(formText(event.currentTarget, 'token'))
  }
  return { problem, isBusy, submit }
}

/** People paste the whole address as well as the token alone. */
function tokenOf(pasted: string): string {
  return pasted.trim().replace(/^.*#token=/u, '')
}
