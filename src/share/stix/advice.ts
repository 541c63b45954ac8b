// What SHOULD hold. Each check has the name that validators of the field give it, so that people can compare.

import { isCountry, typeOfId, uuidVersion } from './formats.ts'
import { ownEntry } from './own-entry.ts'
import { advice, isObject } from './problem.ts'
import type { JsonObject, Path, StixProblem } from './problem.ts'
import { parseKind } from './property-kinds.ts'
import type { Properties } from './property-kinds.ts'
import { IPFIX_NAME, PDF_KEYS, PROTOCOLS, REQUEST_HEADERS, SOCKET_OPTIONS } from './registers.ts'
import { RELATIONSHIPS } from './relationships.ts'
import { knownType } from './schemas.ts'
import { VOCABULARIES } from './vocabularies.ts'

/** Names of the checks of values against vocabularies. */
const VOCABULARY_CHECKS: Readonly<Record<string, string>> = {
  'account-type-ov': 'account-type',
  'attack-motivation-ov': 'attack-motivation',
  'attack-resource-level-ov': 'attack-resource-level',
  'grouping-context-ov': 'grouping-context',
  'identity-class-ov': 'identity-class',
  'implementation-language-ov': 'implementation-languages',
  'indicator-type-ov': 'indicator-types',
  'industry-sector-ov': 'industry-sector',
  'infrastructure-type-ov': 'infrastructure-types',
  'malware-capabilities-ov': 'malware-capabilities',
  'malware-result-ov': 'malware-result',
  'malware-type-ov': 'malware-types',
  'pattern-type-ov': 'indicator-pattern-types',
  'processor-architecture-ov': 'processor-architecture',
  'region-ov': 'region',
  'report-type-ov': 'report-types',
  'threat-actor-type-ov': 'threat-actor-types',
  'threat-actor-role-ov': 'threat-actor-role',
  'threat-actor-sophistication-ov': 'threat-actor-sophistication',
  'tool-type-ov': 'tool-types',
  'windows-pebinary-type-ov': 'windows-pebinary-type',
}

/** Of one object or part whose properties are known: values of vocabularies, names of hashes. */
export function adviceOnValues(
  object: JsonObject,
  properties: Properties,
  path: Path,
): readonly StixProblem[] {
  return Object.entries(properties).flatMap(([name, text]) => {
    const kind = parseKind(text)
    const value = object[name]
    if (kind.base === 'hashes') return adviceOnHashes(value, [...path, name])
    if (kind.base !== 'ov') return []
    return (Array.isArray(value) ? value : [value])
      .filter((item) => typeof item === 'string')
      .flatMap((item) => adviceOnWord(item, kind.argument, [...path, name]))
  })
}

function adviceOnWord(word: string, vocabulary: string, path: Path): readonly StixProblem[] {
  if (VOCABULARIES[vocabulary]?.includes(word) === true) return []
  const check = VOCABULARY_CHECKS[vocabulary] ?? vocabulary
  const unknown = advice(check, path, `${word.slice(0, 100)} is not in ${vocabulary}`)
  const isSpelled = /^[a-z0-9-]+$/.test(word)
  const spelling = 'words of vocabularies are lower-case, with hyphens between'
  return isSpelled ? [unknown] : [unknown, advice('open-vocab-format', path, spelling)]
}

function adviceOnHashes(value: unknown, path: Path): readonly StixProblem[] {
  if (!isObject(value)) return []
  const known = VOCABULARIES['hash-algorithm-ov'] ?? []
  return Object.keys(value)
    .filter((name) => !known.includes(name) && !name.startsWith('x_'))
    .map((name) => advice('hash-algo', [...path, name], `${name} is not in hash-algorithm-ov`))
}

/** Of parts, by the name of their table. */
export function adviceOnPart(name: string, part: JsonObject, path: Path): readonly StixProblem[] {
  if (name === 'kill-chain-phase') return killChain(part, path)
  if (name === 'external-reference' && part['url'] !== undefined && part['hashes'] === undefined)
    return [advice('extref-hashes', path, 'a URL without hashes of what it leads to')]
  if (name === 'pdf-ext')
    return keysOf(part['document_info_dict'], (key) => PDF_KEYS.has(key), ['pdf-doc-info', path])
  if (name === 'http-request-ext')
    return keysOf(part['request_header'], (key) => REQUEST_HEADERS.has(key.toLowerCase()), [
      'http-request-headers',
      path,
    ])
  if (name === 'socket-ext')
    return keysOf(part['options'], (key) => SOCKET_OPTIONS.has(key), ['socket-options', path])
  const priority = part['priority']
  if (
    name === 'windows-process-ext' &&
    typeof priority === 'string' &&
    !priority.endsWith('_CLASS')
  )
    return [advice('windows-process-priority-format', [...path, 'priority'], 'ends in _CLASS')]
  return []
}

function killChain(part: JsonObject, path: Path): readonly StixProblem[] {
  return ['kill_chain_name', 'phase_name']
    .filter((name) => {
      const text = part[name]
      return typeof text === 'string' && /[A-Z _]/.test(text)
    })
    .map((name) => advice('kill-chain-names', [...path, name], 'lower-case, with hyphens between'))
}

function keysOf(
  value: unknown,
  isKnown: (key: string) => boolean,
  [code, path]: readonly [string, Path],
): readonly StixProblem[] {
  return Object.keys(isObject(value) ? value : {})
    .filter((key) => !isKnown(key))
    .map((key) => advice(code, [...path, key], `${key.slice(0, 100)} is not in the register`))
}

type Check = (object: JsonObject) => readonly StixProblem[]

const CHECKS: Readonly<Record<string, Check>> = {
  indicator: ({ name, description }) =>
    name === undefined || description === undefined
      ? [advice('indicator-properties', [], 'name and description should both be there')]
      : [],
  'malware-analysis': ({ product }) =>
    typeof product === 'string' && !/^[a-z0-9-]+$/.test(product)
      ? [advice('malware-analysis-product', ['product'], 'lower-case, with hyphens between')]
      : [],
  location: ({ country }) =>
    typeof country === 'string' && !isCountry(country)
      ? [advice('countries', ['country'], 'expected a code of ISO 3166-1')]
      : [],
  'marking-definition': ({ definition_type: type, extensions }) =>
    type === undefined || type === 'tlp' || type === 'statement'
      ? []
      : [
          advice('marking-definition-type', ['definition_type'], 'expected tlp or statement'),
          ...(extensions === undefined
            ? [advice('extensions-use', [], 'other markings are extensions')]
            : []),
        ],
  'extension-definition': ({
    description,
    extension_types: types,
    extension_properties: names,
  }) => [
    ...(description === undefined
      ? [advice('extension-description', [], 'description should be there')]
      : []),
    ...(Array.isArray(types) && types.includes('toplevel-property-extension') && names === undefined
      ? [advice('extension-properties', [], 'extension_properties should be there')]
      : []),
  ],
  'observed-data': ({ objects }) =>
    objects === undefined ? [] : [advice('deprecated-properties', ['objects'], 'use object_refs')],
  file: ({ mime_type: mime }) =>
    typeof mime === 'string' &&
    !/^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w.+-]+$/.test(mime)
      ? [advice('mime-type', ['mime_type'], 'expected a registered MIME type')]
      : [],
  'network-traffic': traffic,
  relationship: relation,
}

function traffic({
  src_port: from,
  dst_port: to,
  protocols,
  ipfix,
}: JsonObject): readonly StixProblem[] {
  const names = Array.isArray(protocols) ? protocols : []
  return [
    ...(from === undefined || to === undefined
      ? [advice('network-traffic-ports', [], 'src_port and dst_port should both be there')]
      : []),
    ...names
      .filter((name) => typeof name === 'string' && !PROTOCOLS.has(name))
      .map((name) =>
        advice(
          'protocols',
          ['protocols'],
          `${String(name).slice(0, 50)} is not a name of IANA’s register`,
        ),
      ),
    ...keysOf(ipfix, (key) => IPFIX_NAME.test(key), ['ipfix', ['ipfix']]),
  ]
}

/** Common relationships (section 3.7) may be between any two. */
const ANY = new Set(['derived-from', 'duplicate-of', 'related-to'])

function relation(object: JsonObject): readonly StixProblem[] {
  const { relationship_type: type, source_ref: source, target_ref: target } = object
  if (typeof type !== 'string' || typeof source !== 'string' || typeof target !== 'string')
    return []
  const [from, to] = [typeOfId(source), typeOfId(target)]
  if (ANY.has(type) || knownType(from) === undefined || knownType(to) === undefined) return []
  const targets = ownEntry(RELATIONSHIPS[from] ?? {}, type)
  const isSuggested =
    targets?.includes(to) === true ||
    (targets?.includes('<observable>') === true && knownType(to)?.category === 'observable')
  return isSuggested
    ? []
    : [
        advice(
          'relationship-types',
          ['relationship_type'],
          `${from} ${type} ${to} is not suggested`,
        ),
      ]
}

export function adviceOnObject(type: string, object: JsonObject): readonly StixProblem[] {
  return [...(ownEntry(CHECKS, type)?.(object) ?? []), ...adviceOnId(type, object['id'])]
}

/** Section 2.9: version 4, and version 5 for observables whose values make the id. */
function adviceOnId(type: string, id: unknown): readonly StixProblem[] {
  if (typeof id !== 'string') return []
  const expected = knownType(type)?.category === 'observable' && type !== 'process' ? '5' : '4'
  return uuidVersion(id) === expected
    ? []
    : [advice('uuid-check', ['id'], `expected a UUID of version ${expected}`)]
}
