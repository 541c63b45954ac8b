// What every address lies under: the gate, and the time range that is kept from screen to screen.

import { createRootRoute, retainSearchParams } from '@tanstack/react-router'
import { Root } from './frame/root.tsx'
import { NotFound, ScreenProblem } from './frame/screen-problem.tsx'
import { validateRange } from './search-params.ts'

export const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: ScreenProblem,
  validateSearch: validateRange,
  search: { middlewares: [retainSearchParams(['last', 'from', 'to'])] },
})
