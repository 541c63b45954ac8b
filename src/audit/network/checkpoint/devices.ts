// Gateways of Check Point: what they are told by their own configuration, and the policy that the management server installs on them.

import type { ReadConfig } from '../../read-config.ts'
import { isTrueAt, itemsAt, jsonIn, member, numberAt, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Device, DeviceLimit, Policy, Translation } from '../device.ts'
import { cubesFor, deviceFrom, port, prefixesFrom } from '../parts.ts'
import { gaiaDevice, gaiaOf } from './gaia.ts'
import type { Gaia } from './gaia.ts'
import { addressesOf, nameOf, objectsIn, servicesOf, uidOf, uidsOf } from './objects.ts'
import type { Objects } from './objects.ts'
import { layerPolicy, layersIn } from './rulebase.ts'
import type { Layer } from './rulebase.ts'

type Given = { readonly config: ReadConfig; readonly source: string }

export function checkpointDevices(given: readonly Given[]): readonly Device[] {
  const boxes = given
    .filter(({ config }) => config.tree.form !== 'json')
    .map(({ config, source }) => ({
      name: config.device.hostname ?? source,
      source,
      gaia: gaiaOf(config.tree),
    }))
  const reads = given
    .filter(({ config }) => config.tree.form === 'json')
    .map(({ config, source }) => ({ read: jsonIn(config.tree.lines), file: source }))
  const docs = reads.flatMap(({ read, file }) =>
    read.value === null ? [] : [{ json: read.value, file }],
  )
  const server: Server = {
    docs,
    objects: objectsIn(docs.map(({ json }) => json)),
    layers: layersIn(docs),
    isWhole: reads.every(({ read }) => read.isWhole),
  }
  const gateways = [...server.objects.values()].filter((json) =>
    /^(?:simple-gateway|simple-cluster|CpmiGatewayCluster)$/.test(textAt(json, 'type') ?? ''),
  )
  const made = gateways.flatMap((json) => {
    const name = textAt(json, 'name') ?? ''
    const box = boxes.find((one) => one.name === name)
    return gatewayDevice(
      { json, name, gaia: box?.gaia, source: box?.source ?? fileOf(docs) },
      server,
    )
  })
  const named = new Set(gateways.map((json) => textAt(json, 'name')))
  const alone = boxes
    .filter(({ name }) => !named.has(name))
    .map(({ gaia, ...own }) => gaiaDevice(own, gaia))
  return made.length > 0 || docs.length === 0
    ? [...made, ...alone]
    : [...listsAlone(server), ...alone]
}

function fileOf([first]: readonly { readonly file: string }[]): string {
  return first?.file ?? ''
}

type Server = {
  readonly docs: readonly { readonly json: Json; readonly file: string }[]
  readonly objects: Objects
  readonly layers: ReadonlyMap<string, Layer>
  readonly isWhole: boolean
}

/** Rules without a gateway: they can be asked about. */
function listsAlone({ docs, objects, layers }: Server): readonly Device[] {
  if (layers.size === 0) return []
  const filters = [...layers.keys()].map((uid) =>
    layerPolicy(uid, { objects, layers, gateway: '' }, false),
  )
  const source = fileOf(docs)
  return [
    deviceFrom({
      name: source,
      source,
      make: 'checkpoint-management',
      interfaces: [],
      filters,
      limits: ['not_whole'],
    }),
  ]
}

type Box = {
  readonly json: Json
  readonly name: string
  readonly gaia: Gaia | undefined
  readonly source: string
}

function gatewayDevice({ json, name, gaia, source }: Box, server: Server): readonly Device[] {
  const own = gaia ?? interfacesIn(json)
  const uids = layersOf(json, server)
  if (uids === undefined && gaia === undefined && own.interfaces.length === 0) return []
  if (uids === undefined) return [gaiaDevice({ name, source }, own)]
  const reading = {
    objects: server.objects,
    layers: server.layers,
    gateway: textAt(json, 'uid') ?? '',
  }
  const policies = uids.map((uid, at) => layerPolicy(uid, reading, at === 0))
  const [first, ...more] = policies
  const translations = translationsIn(server)
  return [
    deviceFrom({
      name,
      source,
      make: 'checkpoint-gaia',
      interfaces: own.interfaces,
      routes: own.routes,
      // Each layer has to let it pass.
      policy: first === undefined ? null : ({ ...first, and: more } satisfies Policy),
      translations: translations ?? [],
      limits: [
        ...own.limits,
        ...(translations === undefined ? (['translation_not_understood'] as const) : []),
        ...(server.isWhole ? [] : (['not_whole'] as const)),
      ],
    }),
  ]
}

/** As the server knows them; where routes lead it does not say. */
function interfacesIn(json: Json): Gaia {
  const limits: readonly DeviceLimit[] = ['dynamic_routing']
  return {
    interfaces: itemsAt(json, 'interfaces').map((one) => {
      const text = (family: 4 | 6) => {
        const address = textAt(one, `ipv${family}-address`) ?? ''
        return address === ''
          ? []
          : [`${address}/${numberAt(one, `ipv${family}-mask-length`) ?? ''}`]
      }
      return port(textAt(one, 'name') ?? textAt(one, 'interface-name') ?? '', {
        line: one.first,
        prefixes: prefixesFrom([...text(4), ...text(6)]),
      })
    }),
    routes: [],
    limits,
  }
}

/** By the package that is installed; where there is but one rulebase, that. `undefined`: not known. */
function layersOf(json: Json, { docs, layers }: Server): readonly string[] | undefined {
  const installed = textAt(json, 'policy', 'access-policy-name')
  const packages = docs.flatMap(({ json: doc }) => [
    ...itemsAt(doc, 'packages'),
    ...(textAt(doc, 'type') === 'package' ? [doc] : []),
  ])
  const found =
    packages.find((one) => textAt(one, 'name') === installed) ??
    (installed === undefined && packages.length === 1 ? packages[0] : undefined)
  if (found !== undefined && member(found, 'access-layers') !== undefined)
    return uidsOf(found, 'access-layers')
  const inner = new Set(
    [...layers.values()].flatMap(({ rules }) =>
      rules.flatMap((rule) => uidOf(member(rule, 'inline-layer')) ?? []),
    ),
  )
  const outer = [...layers.keys()].filter((uid) => !inner.has(uid))
  return outer.length === 1 ? outer : undefined
}

/** `undefined`: there are some that are not followed, or nobody said that there are none. */
function translationsIn({ docs, objects }: Server): readonly Translation[] | undefined {
  const bases = docs.filter(({ json }) =>
    itemsAt(json, 'rulebase').some((item) => textAt(item, 'type')?.startsWith('nat-') === true),
  )
  const isTold = bases.length > 0 || docs.some(({ json }) => isEmptyNat(json))
  if (!isTold) return undefined
  const made = bases
    .flatMap(({ json }) => natRules(json))
    .map((rule) => translationOf(rule, objects))
  return made.includes(undefined) ? undefined : made.flatMap((one) => one ?? [])
}

function isEmptyNat(json: Json): boolean {
  return member(json, 'rulebase') !== undefined && itemsAt(json, 'rulebase').length === 0
}

function natRules(json: Json): readonly Json[] {
  return itemsAt(json, 'rulebase').flatMap((item) =>
    textAt(item, 'type') === 'nat-section' ? natRules(item) : [item],
  )
}

/** Nothing where it keeps packets as they are or is off; `undefined` where it sends them elsewhere. */
function translationOf(rule: Json, objects: Objects): readonly Translation[] | undefined {
  if (member(rule, 'enabled') !== undefined && !isTrueAt(rule, 'enabled')) return []
  const uid = (name: string) => uidOf(member(rule, name)) ?? ''
  const isKept = (name: string) => nameOf(uid(name), objects) === 'Original'
  if (!isKept('translated-destination') || !isKept('translated-service')) return undefined
  if (isKept('translated-source')) return []
  const side = (name: string) => addressesOf([uid(name)], false, objects)
  const [source, destination] = [side('original-source'), side('original-destination')]
  const services = servicesOf([uid('original-service')], objects)
  const unread = [...source.unread, ...destination.unread, ...services.unread]
  if (unread.length > 0) return undefined
  return [
    {
      kind: 'source',
      from: null,
      to: null,
      match: cubesFor({
        source: source.addresses,
        destination: destination.addresses,
        services: services.services,
      }),
      // Behind the gateway, or another: what is before it does not matter to this policy, which sees packets as they came.
      address: null,
      port: null,
      first: rule.first,
      last: rule.last,
      label: `NAT ${numberAt(rule, 'rule-number') ?? ''}`.trim(),
      isExact: false,
    },
  ]
}
