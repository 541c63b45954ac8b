// Where the next page is, as each provider says it.

import { parsed } from './ask.ts'
import type { Answer } from './ask.ts'
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

type Asked = { readonly request: Filled; readonly answer: Answer; readonly values: Values }

/** undefined after the last page. Throws CloudFailure for an address elsewhere. */
export function nextOf(stream: PollStream, asked: Asked): Next | undefined {
  const { next } = stream
  if (next === undefined) return undefined
  const { request, answer, values } = asked
  if ('token' in next) {
    const token = tokenText(at(parsed(answer), next.token))
    if (token === '') return undefined
    const more = { [next.in]: { [next.parameter]: token } }
    return { reference: token, request: fillRequest(stream.request, values, more) }
  }
  const address = addressOf(next, answer)
  if (address === '') return undefined
  const url = URL.parse(address)
  if (url === null)
    throw new CloudFailure({ code: 'unreadable', reason: 'a next page without an address' })
  if (url.origin !== request.url.origin)
    throw new CloudFailure({ code: 'leads_elsewhere', host: url.host })
  return { reference: url.href, request: { ...request, url } }
}

/** Duo gives a pair, which its parameter takes with a comma between. */
function tokenText(token: unknown): string {
  if (Array.isArray(token)) return token.map(String).join(',')
  return typeof token === 'string' || typeof token === 'number' ? String(token) : ''
}

function addressOf(
  next: Exclude<NonNullable<PollStream['next']>, { token: string }>,
  answer: Answer,
): string {
  if ('link' in next) return linkTo(answer.headers.get('link') ?? '', next.link)
  if ('header' in next) return answer.headers.get(next.header) ?? ''
  const met = at(parsed(answer), next.address)
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
