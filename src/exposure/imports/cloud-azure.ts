// Virtual machines and public addresses as Azure lists them.

import { Json, assetOf } from './cloud-machine.ts'
import type { ScannedAsset } from './scanned.ts'

const AZURE =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.\w+\/(\w+)\/[^/]+$/i

/** A member stands in `properties` where the API answers, beside the name where the command line does. */
function prop(object: unknown, ...path: readonly string[]): unknown {
  const read = Json.safeParse(object)
  const [first, ...rest] = path
  if (!read.success || first === undefined) return path.length === 0 ? object : undefined
  const inner = Json.safeParse(read.data['properties'])
  return prop((inner.success ? inner.data[first] : undefined) ?? read.data[first], ...rest)
}

function text(object: unknown, ...path: readonly string[]): string | undefined {
  const value = prop(object, ...path)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function items(object: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = prop(object, ...path)
  return Array.isArray(value) ? value : []
}

/** Machines, their cards and public addresses are resources of their own, joined by their ids. */
export function* azureAssets(all: readonly Json[]): Generator<ScannedAsset> {
  const kindOf = (object: Json) => AZURE.exec(text(object, 'id') ?? '')?.[1]?.toLowerCase()
  const ofKind = (kind: string) => all.filter((object) => kindOf(object) === kind)
  const publics = ofKind('publicipaddresses').filter(
    (object) => text(object, 'ipAddress') !== undefined,
  )
  const cards = ofKind('networkinterfaces').filter(
    (object) => items(object, 'ipConfigurations').length > 0,
  )
  const used = new Set<Json>()
  for (const machine of ofKind('virtualmachines')) {
    const id = text(machine, 'id')?.toLowerCase() ?? ''
    const isWhole = prop(machine, 'hardwareProfile') ?? prop(machine, 'storageProfile')
    if (isWhole === undefined) continue
    const own = cards.filter((card) => text(card, 'virtualMachine', 'id')?.toLowerCase() === id)
    const shown = publics.filter((address) =>
      own.some((card) =>
        text(address, 'ipConfiguration', 'id')
          ?.toLowerCase()
          .startsWith(`${text(card, 'id')?.toLowerCase() ?? '-'}/`),
      ),
    )
    for (const address of shown) used.add(address)
    yield azureMachine(machine, own, shown)
  }
  for (const address of publics)
    if (!used.has(address))
      yield assetOf('Azure', {
        id: text(address, 'id')?.toLowerCase() ?? '',
        shown: text(address, 'name'),
        names: [text(address, 'dnsSettings', 'fqdn')],
        own: [],
        open: [text(address, 'ipAddress')],
      })
}

function azureMachine(
  machine: Json,
  cards: readonly Json[],
  publics: readonly Json[],
): ScannedAsset {
  const listed = (key: string) => text(machine, key)?.split(/[,\s]+/) ?? []
  const image = prop(machine, 'storageProfile', 'imageReference')
  const system = [text(image, 'offer'), text(image, 'sku')].filter((part) => part !== undefined)
  const tags = Json.safeParse(machine['tags'])
  const owner = tags.success
    ? Object.entries(tags.data).find(([key]) => key.toLowerCase() === 'owner')?.[1]
    : undefined
  return assetOf('Azure', {
    id: text(machine, 'id')?.toLowerCase() ?? '',
    shown: text(machine, 'name'),
    names: [
      text(machine, 'osProfile', 'computerName') ?? text(machine, 'name'),
      ...listed('fqdns'),
      ...publics.map((address) => text(address, 'dnsSettings', 'fqdn')),
    ],
    own: [
      ...listed('privateIps'),
      ...cards.flatMap((card) =>
        items(card, 'ipConfigurations').map(
          (place) => text(place, 'privateIPAddress') ?? text(place, 'privateIpAddress'),
        ),
      ),
    ],
    open: [...listed('publicIps'), ...publics.map((address) => text(address, 'ipAddress'))],
    system:
      system.length > 0 ? system.join(' ') : text(machine, 'storageProfile', 'osDisk', 'osType'),
    owner: typeof owner === 'string' ? owner : undefined,
  })
}
