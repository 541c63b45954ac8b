// Whatever goes wrong as a ProblemBody: a code, and its sentence in both languages.

import type { core, z } from 'zod'
import { locales } from 'zod'
import { isVigieError, timeOrderedId } from '../core/index.ts'
import type { ErrorCode } from '../core/index.ts'
import { describeHuntProblem } from '../hunt/index.ts'
import type { HuntProblem } from '../hunt/index.ts'
import type { ProblemBodySchema } from '../model/index.ts'
import { describeError, wordsOf } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'

export type ProblemBody = z.infer<typeof ProblemBodySchema>
type ServerCode = keyof Words['server']['problems']

/** Carries a refusal of the server itself to where it is answered. */
export class Refusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 429 | 500 | 503
  readonly body: ProblemBody
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: Refusal['status'],
    body: ProblemBody,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.code)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export function refusal<C extends ServerCode>(
  status: Refusal['status'],
  code: C,
  details: Parameters<Words['server']['problems'][C]>[0],
): Refusal {
  return new Refusal(
    status,
    bothLanguages(code, (language) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and details are paired by the signature
      const say = wordsOf(language).server.problems[code] as (given: unknown) => string
      return say(details)
    }),
  )
}

const STATUS: Readonly<Partial<Record<ErrorCode, Refusal['status']>>> = {
  BAD_REQUEST: 400,
  IDENTITY_FILE_REFUSED: 400,
  NOT_AUTHORISED: 401,
  NOT_FOUND: 404,
  CONFIG_REFUSED: 400,
  HUB_CODE_INVALID: 400,
  HUB_CODE_REFUSED: 400,
  HUB_UNREACHABLE: 503,
  STATION_NOT_TRUSTED: 409,
  CONTENT_INVALID: 400,
  EXCEPTION_TOO_LONG: 400,
  EXPOSURE_FILE_REFUSED: 400,
  FEED_GOES_BACK: 409,
  NETWORKS_REFUSED: 400,
  NOT_PRINTED: 503,
  PULL_REFUSED: 400,
  REPOSITORY_REFUSED: 400,
  HISTORY_RUN_BUSY: 409,
  RULE_UNUSABLE: 400,
  TOOLS_REFUSED: 400,
  TRIAL_BUSY: 409,
  EXERCISE_BUSY: 409,
  ZONES_REFUSED: 400,
  ZONES_MOVED: 409,
  QUERY_REFUSED: 400,
  QUERY_TOO_HEAVY: 400,
  ENGINE_UNREACHABLE: 503,
  DISK_FULL: 503,
}

/** A VigieError whose code is for people; anything else is unexpected and stays inside. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refusal) return thrown
  if (!isVigieError(thrown)) return undefined
  const status = STATUS[thrown.code]
  if (status === undefined) return undefined
  return new Refusal(
    status,
    bothLanguages(thrown.code, (language) => describeError(thrown, language)),
  )
}

export function unexpected(nowMs: number): { readonly id: string; readonly refusal: Refusal } {
  const id = timeOrderedId<'trouble'>(nowMs)
  return { id, refusal: refusal(500, 'INTERNAL', { id }) }
}

export function huntRefusal(problem: HuntProblem): Refusal {
  return new Refusal(
    400,
    bothLanguages('QUERY_REFUSED', (language) =>
      wordsOf(language).errors.QUERY_REFUSED({ reason: describeHuntProblem(problem, language) }),
    ),
  )
}

const IN_WORDS = { en: locales.en().localeError, fr: locales.frCA().localeError }

/** The first thing a body got wrong, in words of either language. */
export function invalidBody(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  const place = issue?.path.join('.') ?? ''
  return new Refusal(
    400,
    bothLanguages('BODY_INVALID', (language) => {
      const said = issue === undefined ? undefined : IN_WORDS[language](asChecked(issue))
      const text = typeof said === 'string' ? said : (said?.message ?? issue?.message ?? '')
      return wordsOf(language).server.problems.BODY_INVALID({ place, issue: text })
    }),
  )
}

/** A locale takes the issue as the check first made it, which an issue is with less said of it. */
function asChecked(issue: core.$ZodIssue): core.$ZodRawIssue {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library has no other way to say an issue again
  return issue as core.$ZodRawIssue
}

function bothLanguages(code: string, say: (language: Language) => string): ProblemBody {
  return { code, sentence: { en: say('en'), fr: say('fr') } }
}
