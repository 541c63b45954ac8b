// The token of a request: `Authorization: Splunk TOKEN` or `Bearer TOKEN` (RFC 6750).

const MAX_TOKEN = 512
const AUTHORIZATION = /^(?:Splunk|Bearer) +([\x21-\x7e]+)$/i

/** Null where there is none that could be one. */
export function tokenOf(authorization: string | undefined): string | null {
  if (authorization === undefined || authorization.length > MAX_TOKEN) return null
  return AUTHORIZATION.exec(authorization.trim())?.[1] ?? null
}
