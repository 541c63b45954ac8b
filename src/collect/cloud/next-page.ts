// Where the next page is, as each provider says it.

import type { PollStream } from './collector.ts'
import { fillRequest } from './fill.ts'
import type { Filled, Values } from './fill.ts'
import { at } from './members.ts'
import { CloudFailure } from './trouble.ts'

export type Next = {
  /** What the provider gave: an address or a token. */
  readonly reference: string
  readonly request: Filled
}

type Asked = {
  readonly request: Filled
  readonly headers: Headers
  /** The answer. */
  readonly page: unknown
  readonly values: Values
}

/** undefined after the last page. Throws CloudFailure for an address elsewhere. */
export function nextOf(stream: PollStream, asked: Asked): Next | undefined {
  const { next } = stream
  if (next === undefined) return undefined
  const { request, page, values } = asked
  if ('token' in next) {
    const token = tokenText(at(page, next.token))
    if (token === '') return undefined
    const more = { [next.in]: { [next.parameter]: token } }
    return { reference: token, request: fillRequest(stream.request, values, more) }
  }
  const address = addressOf(next, asked)
  if (address === '') return undefined
  const url = URL.parse(address)
  if (url === null)
    throw new CloudFailure({ code: 'unreadable', reason: 'a next page without an address' })
  refuseOtherHost(url, request.url)
  return { reference: url.href, request: { ...request, url } }
}

/** The sign-in goes nowhere else. Throws CloudFailure. */
export function refuseOtherHost(url: URL, own: URL): void {
  if (url.origin !== own.origin) throw new CloudFailure({ code: 'leads_elsewhere', host: url.host })
}

/** Duo gives a pair, which its parameter takes with a comma between. */
function tokenText(token: unknown): string {
  if (Array.isArray(token)) return token.map(String).join(',')
  return typeof token === 'string' || typeof token === 'number' ? String(token) : ''
}

function addressOf(
  next: Exclude<NonNullable<PollStream['next']>, { token: string }>,
  { headers, page }: Asked,
): string {
  if ('link' in next) return linkTo(headers.get('link') ?? '', next.link)
  if ('header' in next) return headers.get(next.header) ?? ''
  const met = at(page, next.address)
  return typeof met === 'string' ? met : ''
}

/** RFC 8288: `<address>; rel="next"`, any number of them with commas between. */
function linkTo(header: string, relation: string): string {
  for (const [, address = '', parameters = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*"?([^";,]+)/i.exec(parameters)?.[1] ?? ''
    if (relations.split(/\s+/).includes(relation)) return address
  }
  return ''
}
