// Shown in place of a screen: an address that leads nowhere, or a screen that failed.

import { Link } from '@tanstack/react-router'
import { useWords } from '../language.ts'
import { Problem } from '../parts/problem.tsx'

export function NotFound() {
  const words = useWords().frame
  return (
    <>
      <h1>{words.notFound}</h1>
      <Link to="/">{words.toOverview}</Link>
    </>
  )
}

export function ScreenProblem({ error, reset }: { error: unknown; reset: () => void }) {
  return <Problem error={error} retry={reset} />
}
