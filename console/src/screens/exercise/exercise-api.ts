// What the screen of the exercise asks of the station.

import { queryOptions } from '@tanstack/react-query'
import type { ExerciseAsk, ExerciseState } from '../../api-types.ts'
import { call } from '../../api.ts'

/** First part of every key here. */
export const EXERCISE = 'exercise'
const WHILE_PLAYED_MS = 1500
const ADDRESS = '/api/exercise'

/** Asked again while one is played. */
export const exerciseQuery = queryOptions({
  queryKey: [EXERCISE],
  queryFn: () => call<ExerciseState>(ADDRESS),
  refetchInterval: ({ state }) =>
    (state.data?.running ?? null) === null ? false : WHILE_PLAYED_MS,
})

export const start = (ask: ExerciseAsk): Promise<ExerciseState> => call(ADDRESS, { body: ask })
export const stop = (): Promise<ExerciseState> => call(ADDRESS, { method: 'DELETE' })
