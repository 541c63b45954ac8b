// Tells an exercise's station what its invented addresses belong to, as an operator would: a signed pack.

import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../core/index.ts'
import { NETWORKS } from '../../exercise/index.ts'
import { openNetworks, readKinds } from '../../networks/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { packNetworks } from '../network-pack.ts'

const KINDS = {
  residential: 'access',
  business: 'access',
  mobile: 'mobile',
  satellite: 'satellite',
  hosting: 'hosting',
} as const

/** No country has this code (ISO 3166-1, user-assigned). */
const COUNTRY = 'XZ'

export async function tellNetworks(
  { store }: Pick<Core, 'store'>,
  { folder, clock }: { readonly folder: string; readonly clock: Clock },
): Promise<void> {
  const file = (name: string, rows: readonly string[]) => {
    const path = join(folder, name)
    writeFileSync(path, `${rows.join('\n')}\n`)
    return path
  }
  const spans = NETWORKS.map((network) => ({ ...network, span: spanOf(network.prefix) }))
  const kinds = Map.groupBy(spans, ({ type }) => KINDS[type])
  const out = join(folder, 'addresses.pack')
  const { key } = await packNetworks({
    out,
    keyFile: join(folder, 'addresses.key'),
    operators: file(
      'operators.csv',
      spans.map(({ span, asn, name }) => `${span},${asn},"${name}"`),
    ),
    countries: file(
      'countries.csv',
      spans.map(({ span }) => `${span},${COUNTRY}`),
    ),
    lists: [...kinds].map(
      ([kind, some]) =>
        `${kind}=${file(
          `${kind}.txt`,
          some.map(({ prefix }) => prefix),
        )}`,
    ),
    dated: new Date(clock.nowMs()).toISOString(),
    licence: 'invented',
    nowMs: clock.nowMs(),
  })
  const kindOf = readKinds(CONTENT.networkKinds)
  const networks = openNetworks({ store, clock, folder, kindOf })
  await networks.load(createReadStream(out), { key, older: false }, 'exercise')
}

/** First and last address of a /20, as `198.18.16.0,198.18.31.255`. */
function spanOf(prefix: string): string {
  const [first = '', second = '', third = ''] = prefix.split('.')
  return `${first}.${second}.${third}.0,${first}.${second}.${Number(third) + 15}.255`
}
