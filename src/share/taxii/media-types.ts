// Content negotiation (TAXII 2.1 section 1.6.8, RFC 9110 section 12.5.1).

import { TaxiiError } from './taxii-error.ts'

export const TAXII_MEDIA = 'application/taxii+json;version=2.1'
export const STIX_MEDIA = 'application/stix+json;version='

/** Throws 406 when nothing that the client takes can be given. A reader that says nothing takes everything. */
export function checkAccept(accept: string | undefined, isPost: boolean): void {
  if (accept === undefined || accept.trim() === '') {
    if (isPost) throw new TaxiiError(406, `Accept must be there: ${TAXII_MEDIA}`)
    return
  }
  if (accept.split(',').some(isAcceptable)) return
  throw new TaxiiError(406, `Accept must allow ${TAXII_MEDIA}`)
}

function isAcceptable(range: string): boolean {
  const { type, version, weight } = parse(range)
  if (weight === 0) return false
  if (type === '*/*' || type === 'application/*') return true
  return type === 'application/taxii+json' && (version === undefined || version === '2.1')
}

/** Throws 415. */
export function checkContentType(contentType: string | undefined): void {
  const { type, version } = parse(contentType ?? '')
  if (type === 'application/taxii+json' && (version === undefined || version === '2.1')) return
  throw new TaxiiError(415, `Content-Type must be ${TAXII_MEDIA}`)
}

function parse(text: string) {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const named = new Map(
    parameters.map((parameter): [string, string] => {
      const [name = '', value = ''] = parameter.split('=').map((part) => part.trim())
      return [name, value.replaceAll('"', '')]
    }),
  )
  const weight = Number(named.get('q') ?? 1)
  return { type, version: named.get('version'), weight: Number.isNaN(weight) ? 0 : weight }
}
