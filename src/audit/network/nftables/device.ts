// A Linux router by its ruleset: a packet passes where every base chain on its way lets it. Addresses and routes do not stand there:
// zones name its interfaces, and every way out is assumed.

import { prefix } from '../../packets/addresses.ts'
import { portList } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, Policy, Translation } from '../device.ts'
import { cubesFor, port } from '../parts.ts'
import { rulesOf } from './rules.ts'
import type { NatRule } from './rules.ts'
import { rulesetIn } from './ruleset.ts'
import type { NftChain, NftTable, Ruleset } from './ruleset.ts'

export function nftablesDevice(tree: ConfigTree): DeviceRead {
  const ruleset = rulesetIn(tree.lines)
  const interfaces = interfacesIn(ruleset)
  const chains = chainsOf(ruleset)
  const policies = chains.map((one) => policyOf(one, interfaces))
  const [first, ...more] = [...policies, ...otherFamilies(chains)]
  const nat = chainsOf(ruleset, 'nat').map((one) => translationsOf(one, interfaces))
  const translations = nat.flatMap((one) => one ?? [])
  // Chains before translation see other addresses than the rest.
  const isMixed =
    translations.some(({ kind }) => kind === 'destination') &&
    chains.some(
      ({ base, chain }) => /^(?:ingress|prerouting)$/.test(base.hook) && chain.rules.length > 0,
    )
  const isWhole = !isMixed && nat.every((one) => one !== undefined)
  return {
    interfaces: interfaces.map((name) => port(name)),
    policy: first === undefined ? null : { ...first, and: more },
    translations: isMixed ? [] : translations,
    routes: [],
    filters: [],
    limits: limitsOf(ruleset, isWhole),
  }
}

type Based = {
  readonly table: NftTable
  readonly chain: NftChain
  readonly base: NonNullable<NftChain['base']>
}

/** Hooks that a packet meets on its way through, in their order. */
const HOOKS = ['ingress', 'prerouting', 'forward', 'postrouting', 'egress']
const FAMILIES = new Set(['ip', 'ip6', 'inet', 'netdev'])

function chainsOf({ tables }: Ruleset, type: 'nat' | 'filter' = 'filter'): readonly Based[] {
  return tables
    .filter(({ isDormant, family }) => !isDormant && FAMILIES.has(family))
    .flatMap((table) =>
      [...table.chains.values()].flatMap((chain): readonly Based[] =>
        chain.base !== null &&
        HOOKS.includes(chain.base.hook) &&
        (chain.base.type === 'nat') === (type === 'nat')
          ? [{ table, chain, base: chain.base }]
          : [],
      ),
    )
    .toSorted(
      (a, b) =>
        HOOKS.indexOf(a.base.hook) - HOOKS.indexOf(b.base.hook) ||
        a.base.priority - b.base.priority,
    )
}

function interfacesIn({ tables }: Ruleset): readonly string[] {
  const names = new Set<string>()
  const note = (text: string) => {
    if (text !== '' && !text.endsWith('*') && text !== 'lo') names.add(text)
  }
  for (const { chains, sets } of tables) {
    for (const { rules, base } of chains.values()) {
      for (const name of base?.devices ?? []) note(name)
      for (const words of rules) {
        for (let at = 0; at < words.length; at += 1) {
          if (!/^[io]if(?:name)?$/.test(words[at]?.text ?? '') || words[at]?.isQuoted === true)
            continue
          let next = at + 1
          while (/^(?:!=|==|\{|vmap|\.|ip|ip6|[ds]addr)$/.test(words[next]?.text ?? '')) next += 1
          for (; words[next]?.isQuoted === true; next += 1) {
            note(words[next]?.text ?? '')
            while (
              words[next + 1]?.isQuoted === false &&
              words[next + 1]?.text !== '}' &&
              !/^[io]if/.test(words[next + 1]?.text ?? '') &&
              words[next + 2]?.isQuoted === true
            )
              next += 1
          }
        }
      }
    }
    for (const { elements } of sets.values())
      for (const words of elements)
        for (const word of words)
          if (word.isQuoted && /^[\w.@:-]{1,15}$/.test(word.text)) note(word.text)
  }
  return [...names].toSorted((a, b) => (a < b ? -1 : 1))
}

function familyOf({ family }: NftTable): Pick<Policy, 'family'> {
  if (family === 'ip') return { family: 4 }
  return family === 'ip6' ? { family: 6 } : {}
}

function policyOf({ table, chain, base }: Based, interfaces: readonly string[]): Policy {
  const listed = rulesOf(chain.name, { table, interfaces })
  const name = `${table.family} ${table.name} ${chain.name}`
  const rules = listed?.rules ?? []
  const onlyOn = base.devices.length > 0 ? new Set(base.devices) : null
  return {
    name,
    rules:
      onlyOn === null
        ? rules
        : rules.map((rule) =>
            base.hook === 'egress' ? { ...rule, to: onlyOn } : { ...rule, from: onlyOn },
          ),
    fallback: base.policy === 'drop' && onlyOn === null ? 'deny' : 'permit',
    isStateful: true,
    sees: 'after',
    ...familyOf(table),
    ...(listed === undefined || (onlyOn !== null && base.policy === 'drop')
      ? { isPartial: true }
      : {}),
  }
}

/** Where no chain judges what passes through, something else may: another program, a table that was not listed. */
function otherFamilies(chains: readonly Based[]): readonly Policy[] {
  const forwards = chains.filter(({ base }) => base.hook === 'forward')
  const has = (family: string) =>
    forwards.some(({ table }) => table.family === 'inet' || table.family === family)
  return ([4, 6] as const)
    .filter((family) => !has(family === 4 ? 'ip' : 'ip6'))
    .map((family) => {
      const name = family === 4 ? 'ip forward' : 'ip6 forward'
      return {
        name,
        rules: [],
        fallback: 'permit',
        isStateful: true,
        isPartial: true,
        sees: 'after',
        family,
      }
    })
}

/** `undefined`: one is not understood. */
function translationsOf(
  { table, chain }: Based,
  interfaces: readonly string[],
): readonly Translation[] | undefined {
  const listed = rulesOf(chain.name, { table, interfaces })
  if (listed === undefined) return undefined
  if (table.family === 'ip6') return listed.nat.length > 0 ? undefined : []
  const all = listed.nat.map(translationOf)
  // A rule that keeps packets from translation changes what the rest is about.
  if (listed.nat.length > 0 && listed.rules.length > 0) return undefined
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? [])
}

function translationOf({ kind, to, wants, line, text }: NatRule): Translation | undefined {
  if (wants.unread.length > 0 || wants.conditions.length > 0 || kind === 'redirect')
    return undefined
  const [, address = '', ports] =
    /^(?:ip )?(?:to )?(\d+\.\d+\.\d+\.\d+)(?::(\d+))?(?: (?:persistent|random|fully-random))*$/.exec(
      to,
    ) ?? []
  const own = address === '' ? undefined : prefix(address)
  if (kind !== 'masquerade' && own === undefined) return undefined
  const toPort = ports === undefined ? null : portList(ports)
  if (toPort === undefined) return undefined
  return {
    kind: kind === 'dnat' ? 'destination' : 'source',
    from: wants.from,
    to: wants.to,
    match: cubesFor({
      source: wants.source,
      destination: wants.destination,
      services: [{ protocols: wants.protocols, destination: wants.dport, source: wants.sport }],
    }),
    address: own?.v4 ?? null,
    port: toPort,
    first: line,
    last: line,
    label: text.slice(0, 80),
    isExact: false,
  }
}

function limitsOf({ tables, strange }: Ruleset, isTranslated: boolean): readonly DeviceLimit[] {
  const isBridged = tables.some(({ family, isDormant }) => family === 'bridge' && !isDormant)
  return [
    'dynamic_routing',
    ...(isTranslated ? [] : (['translation_not_understood'] as const)),
    ...(strange.length > 0 || isBridged ? (['not_whole'] as const) : []),
  ]
}
