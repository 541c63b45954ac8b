// Starts the console: token out of the address, look onto the page, then the router.

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api.ts'
import { languageOf, loadWords } from './language.ts'
import { readToken } from './one-time-token.ts'
import { applyLook, getPreferences } from './preferences.ts'
import { makeRouter } from './router.tsx'

/** An answer younger than this is shown without asking again. */
const FRESH_MS = 10_000

readToken()
applyLook()

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  defaultOptions: {
    queries: { staleTime: FRESH_MS, refetchOnWindowFocus: false, retry: shouldRetry },
  },
})

/** A session that ended shows the sign-in screen in place; the address stays. */
function signInAgain(error: Error, query: { queryKey: readonly unknown[] }): void {
  const isRefused = error instanceof ApiProblem && error.status === 401
  if (isRefused && query.queryKey[0] !== 'session') {
    void queries.resetQueries({ queryKey: ['session'] })
  }
}

/** Only an unreachable station is worth a second try; a refusal will be the same. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ApiProblem && error.status === 0
}

const root = document.querySelector('#root')
if (root !== null) {
  await loadWords(languageOf(getPreferences().language))
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        {/* Another tab may choose a language whose words are not here yet. */}
        <Suspense fallback={null}>
          <RouterProvider router={makeRouter()} />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  )
}
