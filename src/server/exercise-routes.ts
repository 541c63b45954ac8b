// The exercise: what came of the newest, start one, stop it.

import { createRoute } from '@hono/zod-openapi'
import { ExerciseAskSchema, ExerciseStateSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const STATE = createRoute({
  method: 'get',
  path: '/api/exercise',
  responses: answers(
    'The exercise that is played, and what came of the newest',
    ExerciseStateSchema,
  ),
})
const START = createRoute({
  method: 'post',
  path: '/api/exercise',
  request: jsonBody(ExerciseAskSchema),
  responses: answers('It is played', ExerciseStateSchema),
})
const STOP = createRoute({
  method: 'delete',
  path: '/api/exercise',
  responses: answers('None is played', ExerciseStateSchema),
})

export function addExerciseRoutes(app: ApiApp, { exercise }: Station): void {
  app.openapi(STATE, (c) => c.json(exercise.state(), 200))
  app.openapi(START, (c) =>
    c.json(exercise.start(c.req.valid('json'), c.get('identity')?.name ?? ''), 200),
  )
  app.openapi(STOP, (c) => c.json(exercise.stop(), 200))
}
