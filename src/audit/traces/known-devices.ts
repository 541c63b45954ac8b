// What a line may call a device, and what people said of it.

import type { Records } from '../../store/index.ts'
import { deviceOf } from '../network/device-of.ts'
import type { Prefix } from '../network/device.ts'
import { ipv4Text, ipv6Text } from '../packets/addresses.ts'
import type { ReadWith } from '../read-config.ts'
import { readAgain } from '../records/read-again.ts'
import type { NamedDevice } from './device-names.ts'

export type KnownDevice = NamedDevice & { readonly id: string }

/** All devices, each configuration read once for each version. */
export class KnownDevices {
  readonly #records: Records
  readonly #tools: () => ReadWith
  readonly #read = new Map<string, Pick<NamedDevice, 'hostname' | 'addresses'>>()

  constructor(records: Records, tools: () => ReadWith) {
    this.#records = records
    this.#tools = tools
  }

  /** Names of all; addresses of those that are asked about alone. */
  async list(ids: ReadonlySet<string>): Promise<readonly KnownDevice[]> {
    const rows = await this.#records
      .selectFrom('audit_devices')
      .select(['id', 'name', 'version'])
      .execute()
    const known: KnownDevice[] = []
    for (const { id, name, version } of rows) {
      const said = ids.has(id) && version !== null ? await this.#saidBy(id, version) : NOTHING
      known.push({ id, name, ...said })
    }
    return known
  }

  async #saidBy(id: string, version: string): Promise<typeof NOTHING> {
    const read = this.#read.get(version)
    if (read !== undefined) return read
    const row = await this.#records
      .selectFrom('audit_versions')
      .select(['config', 'dialect'])
      .where('id', '=', version)
      .executeTakeFirst()
    const config = row === undefined ? undefined : readAgain(row, this.#tools())
    const said =
      config === undefined
        ? NOTHING
        : {
            hostname: config.device.hostname ?? '',
            addresses: deviceOf(config, id).interfaces.flatMap(({ prefixes }) =>
              prefixes.map(addressText),
            ),
          }
    if (this.#read.size >= MOST_KEPT) this.#read.clear()
    this.#read.set(version, said)
    return said
  }
}

const NOTHING: Pick<NamedDevice, 'hostname' | 'addresses'> = { hostname: '', addresses: [] }
const MOST_KEPT = 10_000

function addressText(prefix: Prefix): string {
  return prefix.family === 4 ? ipv4Text(prefix.address) : ipv6Text(prefix.address)
}
