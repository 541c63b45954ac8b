// One account at a provider, as the operator describes it: a file in the data folder that nobody else may read.

import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { reasonOf, yamlValue } from '../../core/index.ts'
import type { Collector } from './collector.ts'

export type Account = {
  /** Of its sources: `cloud/NAME/STREAM`. */
  readonly name: string
  readonly collector: Collector
  /** Settings and secrets together, as requests are filled in with them. */
  readonly values: Readonly<Record<string, string>>
  readonly streams: readonly string[]
  readonly sinceMs: number | null
  /** Changes with anything in the file. */
  readonly text: string
}

/** What is wrong with an account file. */
export type AccountProblem =
  | { readonly code: 'open_to_others' }
  /** The name becomes part of the sources' names. */
  | { readonly code: 'bad_name' }
  | { readonly code: 'unreadable'; readonly reason: string }
  | { readonly code: 'unknown_collector'; readonly met: string; readonly known: string }
  | { readonly code: 'unknown_stream'; readonly met: string; readonly known: string }
  | { readonly code: 'missing'; readonly name: string }
  | { readonly code: 'unknown'; readonly name: string; readonly known: string }
  | { readonly code: 'not_fitting'; readonly name: string; readonly expected: string }

const SecretSchema = z.union([
  z.string().min(1),
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
])
const FileSchema = z.strictObject({
  collector: z.string(),
  settings: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({}),
  secrets: z.record(z.string(), SecretSchema).default({}),
  streams: z.array(z.string()).min(1).optional(),
  /** Where the first reading begins; a day ago where nothing is said. */
  since: z.iso.datetime({ offset: true }).optional(),
})
type AccountFile = z.infer<typeof FileSchema>

/** Bits of a file's mode that let its group or everybody read it. */
const OTHERS = 0o077

export function readAccount(
  file: string,
  name: string,
  collectors: readonly Collector[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly account: Account } | { readonly problem: AccountProblem } {
  if (!/^[a-z0-9-]{1,40}$/.test(name)) return { problem: { code: 'bad_name' } }
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0)
      return { problem: { code: 'open_to_others' } }
    const text = readFileSync(file, 'utf8')
    const given = FileSchema.parse(yamlValue(text))
    const collector = collectors.find((one) => one.name === given.collector)
    if (collector === undefined)
      return {
        problem: {
          code: 'unknown_collector',
          met: given.collector,
          known: listed(collectors.map((one) => one.name)),
        },
      }
    const secrets = secretsOf(given, environment)
    const problem = problemOf(given, secrets, collector)
    if (problem !== null) return { problem }
    return { account: accountOf({ name, text, given, secrets, collector }) }
  } catch (thrown) {
    const reason = thrown instanceof z.ZodError ? z.prettifyError(thrown) : reasonOf(thrown)
    return { problem: { code: 'unreadable', reason: reason.replaceAll(/\s+/g, ' ') } }
  }
}

function accountOf({
  name,
  text,
  given,
  secrets,
  collector,
}: {
  readonly name: string
  readonly text: string
  readonly given: AccountFile
  readonly secrets: Readonly<Record<string, string>>
  readonly collector: Collector
}): Account {
  const defaults = Object.entries(collector.settings).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return {
    name,
    collector,
    text: `${text}\0${JSON.stringify(secrets)}`,
    values: { ...Object.fromEntries(defaults), ...given.settings, ...secrets },
    streams:
      given.streams ??
      Object.keys(collector.streams).filter((one) => !collector.on_request.includes(one)),
    sinceMs: given.since === undefined ? null : Date.parse(given.since),
  }
}

/** A secret stands in the file, in another, or in the environment. Throws what reading another file throws. */
function secretsOf(
  { secrets }: AccountFile,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found = Object.entries(secrets).flatMap(([name, secret]) => {
    if (typeof secret === 'string') return [[name, secret] as const]
    const value =
      'env' in secret ? environment[secret.env] : readFileSync(secret.file, 'utf8').trim()
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

function problemOf(
  { settings, streams = [] }: AccountFile,
  secrets: Readonly<Record<string, string>>,
  collector: Collector,
): AccountProblem | null {
  for (const name of Object.keys(settings)) {
    if (collector.settings[name] === undefined)
      return { code: 'unknown', name, known: listed(Object.keys(collector.settings)) }
  }
  for (const name of Object.keys(secrets)) {
    if (collector.secrets[name] === undefined)
      return { code: 'unknown', name, known: listed(Object.keys(collector.secrets)) }
  }
  for (const [name, { pattern, default: value }] of Object.entries(collector.settings)) {
    const met = settings[name] ?? value
    if (met === undefined) return { code: 'missing', name }
    if (!new RegExp(`^(?:${pattern})$`, 'u').test(met))
      return { code: 'not_fitting', name, expected: pattern }
  }
  const missing = Object.keys(collector.secrets).find((name) => secrets[name] === undefined)
  if (missing !== undefined) return { code: 'missing', name: missing }
  const stranger = streams.find((one) => collector.streams[one] === undefined)
  return stranger === undefined
    ? null
    : { code: 'unknown_stream', met: stranger, known: listed(Object.keys(collector.streams)) }
}

function listed(names: readonly string[]): string {
  return names.join(', ')
}
