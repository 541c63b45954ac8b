// A client of a running station's HTTP API, with the token from a file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { ProblemBodySchema } from '../model/index.ts'
import type { CliProcess } from './context.ts'

export type ClientFlags = {
  readonly url?: string
  readonly tokenFile?: string
  readonly data?: string
}

const text = (value: string): string => value

export const CLIENT_FLAGS = {
  url: {
    kind: 'parsed',
    parse: text,
    brief: 'Address of the station (http://127.0.0.1:8321)',
    placeholder: 'url',
    optional: true,
  },
  tokenFile: {
    kind: 'parsed',
    parse: text,
    brief: 'File with the token (DATA/keys/cli-token)',
    placeholder: 'file',
    optional: true,
  },
  data: {
    kind: 'parsed',
    parse: text,
    brief: 'Data folder of the station (./data)',
    placeholder: 'folder',
    optional: true,
  },
} as const

export type StationClient = {
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<T>
  readonly post: <T>(path: string, body: unknown, schema: z.ZodType<T>) => Promise<T>
  /** Streams a file of any length. */
  readonly send: <T>(
    path: string,
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    schema: z.ZodType<T>,
  ) => Promise<T>
  /** What is not JSON, such as a report. */
  readonly text: (path: string) => Promise<string>
  /** A file of any length. */
  readonly bytes: (path: string) => Promise<Readable>
  readonly remove: <T>(path: string, schema: z.ZodType<T>) => Promise<T>
}

type Init = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>
  readonly duplex?: 'half'
}

/** Throws STATION_UNREACHABLE when nothing answers, NOT_AUTHORISED when the token is refused. */
export function stationClient(
  { env }: CliProcess,
  flags: ClientFlags,
  language: 'en' | 'fr',
): StationClient {
  const url = (flags.url ?? env['VIGIE_URL'] ?? 'http://127.0.0.1:8321').replace(/\/$/, '')
  const file =
    flags.tokenFile ??
    env['VIGIE_TOKEN_FILE'] ??
    join(flags.data ?? env['VIGIE_DATA'] ?? './data', 'keys/cli-token')
  const ask = async (path: string, init: Init): Promise<Response> => {
    const token = readToken(file)
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Origin: url,
      ...init.headers,
    }
    const response = await fetch(`${url}${path}`, { ...init, headers }).catch((cause: unknown) => {
      throw new VigieError('STATION_UNREACHABLE', { url }, { cause })
    })
    if (response.ok) return response
    if (response.status === 401) throw new VigieError('NOT_AUTHORISED', {})
    const problem = ProblemBodySchema.safeParse(await response.json().catch(() => null))
    throw new Error(problem.success ? problem.data.sentence[language] : `HTTP ${response.status}`)
  }
  const call = async (path: string, init: Init): Promise<unknown> =>
    (await ask(path, init)).json().catch(() => null)
  return {
    get: async (path, schema) => schema.parse(await call(path, { method: 'GET' })),
    post: async (path, body, schema) =>
      schema.parse(await call(path, { method: 'POST', body: JSON.stringify(body) })),
    send: async (path, bytes, schema) => {
      // A station that refuses a file does not read the rest of it, and ends that connection: none may follow on it.
      const headers = { 'Content-Type': 'application/octet-stream', Connection: 'close' }
      const body = ReadableStream.from(bytes)
      return schema.parse(await call(path, { method: 'POST', headers, body, duplex: 'half' }))
    },
    text: async (path) => (await ask(path, { method: 'GET' })).text(),
    bytes: async (path) => {
      const { body } = await ask(path, { method: 'GET' })
      return body === null ? Readable.from([]) : Readable.fromWeb(body)
    },
    remove: async (path, schema) => schema.parse(await call(path, { method: 'DELETE' })),
  }
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new VigieError('NOT_FOUND', { what: `The token file ${file}` }, { cause })
  }
}
