// The gate: who is signed in sees the frame and the screen, who is not sees the sign-in in its place.

import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { ApiProblem } from '../api.ts'
import { useDocumentLanguage } from '../language.ts'
import { Problem } from '../parts/problem.tsx'
import { sessionQuery } from '../queries.ts'
import { SignIn } from '../screens/sign-in/sign-in.tsx'
import { Frame } from './frame.tsx'

export function Root() {
  const session = useQuery(sessionQuery)
  useDocumentLanguage('Vigie')
  if (session.isPending) return null
  if (session.data) {
    return (
      <Frame session={session.data}>
        <Outlet />
      </Frame>
    )
  }
  const isSignedOut = session.error instanceof ApiProblem && session.error.status === 401
  if (isSignedOut) return <SignIn />
  return (
    <main>
      <Problem error={session.error} retry={() => void session.refetch()} />
    </main>
  )
}
