// Requests as content writes them, with `{name}` filled in.

import type { CloudRequest } from './collector.ts'

export type Values = Readonly<Record<string, string>>

export type Filled = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Names that are not known stay as they are. An operator's value may hold names itself, one level deep. */
export function fill(text: string, values: Values): string {
  const once = (some: string) =>
    some.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) => values[name] ?? whole)
  return once(once(text))
}

/** Throws TypeError where no address comes of it. Parameters without a value are left out. */
export function fillRequest(
  { method, url, query, headers, body }: CloudRequest,
  values: Values,
  more: { readonly query?: Values; readonly body?: Values } = {},
): Filled {
  const filled = new URL(fill(url, values))
  filled.search = queryText({
    ...Object.fromEntries(filled.searchParams),
    ...filledValues(query, values),
    ...more.query,
  })
  return {
    method,
    url: filled,
    headers: filledValues(headers, values),
    body:
      body === undefined
        ? undefined
        : JSON.stringify({ ...filledBody(body, values), ...more.body }),
  }
}

/** As RFC 3986 has it, which signatures ask for; a space is `%20` and not `+`. */
export function queryText(query: Values): string {
  return Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join('&')
}

export function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function filledValues(texts: Values, values: Values): Values {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, values)]))
}

function filledBody(body: Readonly<Record<string, unknown>>, values: Values): object {
  return JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
    typeof value === 'string' ? fill(value, values) : value,
  )
}

/** A span of time in the spellings that providers ask for. */
export function spanValues(fromMs: number, toMs: number): Values {
  return {
    ...spellings('from', fromMs),
    ...spellings('to', toMs),
  }
}

function spellings(name: string, ms: number): Values {
  const iso = new Date(ms).toISOString()
  return {
    [name]: iso,
    [`${name}_second`]: `${iso.slice(0, 19)}Z`,
    [`${name}_ms`]: String(ms),
    [`${name}_s`]: String(Math.floor(ms / 1000)),
  }
}
