// The addresses that take events.

export type Route = {
  readonly kind: 'lines' | 'events' | 'acks' | 'health'
  readonly methods: readonly string[]
  readonly query: URLSearchParams
}

const POST = ['POST'] as const

const ROUTES = new Map<string, Pick<Route, 'kind' | 'methods'>>([
  ['/ingest', { kind: 'lines', methods: POST }],
  ['/services/collector', { kind: 'events', methods: POST }],
  ['/services/collector/event', { kind: 'events', methods: POST }],
  ['/services/collector/raw', { kind: 'lines', methods: POST }],
  ['/services/collector/ack', { kind: 'acks', methods: POST }],
  ['/services/collector/health', { kind: 'health', methods: ['GET', 'HEAD'] }],
])
/** Clients may name a version of the protocol; there is one. */
const VERSION = /\/1\.0$/

/** Null for an address that is not for events. */
export function routeOf(url: string | undefined): Route | null {
  const [path = '', query = ''] = (url ?? '').split('?', 2)
  const known = ROUTES.get(path.replace(VERSION, '').replace(/\/$/, ''))
  return known === undefined ? null : { ...known, query: new URLSearchParams(query) }
}
