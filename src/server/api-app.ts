// The pieces every route is made of: the kind of app, one problem answer, one way to name a body.

import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hook } from '@hono/zod-openapi'
import type { z } from 'zod'
import { ProblemBodySchema } from '../model/index.ts'
import { invalidBody } from './problems.ts'
import type { Identity } from './station.ts'

export type ServerEnv = { Variables: { identity: Identity | undefined } }
export type ApiApp = OpenAPIHono<ServerEnv>

const checkBody: Hook<unknown, ServerEnv, string, unknown> = (result) => {
  if (!result.success) throw invalidBody(result.error)
}

export function createApiApp(): ApiApp {
  return new OpenAPIHono<ServerEnv>({ defaultHook: checkBody })
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const
}

const PROBLEM = {
  description: 'A problem, in both languages',
  content: { 'application/json': { schema: ProblemBodySchema } },
} as const

/** The answer of a route, and what it says when it cannot. */
export function answers<S extends z.ZodType>(description: string, schema: S) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    default: PROBLEM,
  } as const
}
