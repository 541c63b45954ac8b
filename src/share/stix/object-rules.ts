// What MUST hold between the properties of an object (STIX 2.1 sections 3 to 7).

import {
  comparableTime,
  isCharset,
  isIpv4,
  isIpv6,
  isLanguage,
  isPropertyName,
  isTimestamp,
  typeOfId,
} from './formats.ts'
import { error, isObject } from './problem.ts'
import type { JsonObject, StixProblem } from './problem.ts'

type Rule = (object: JsonObject) => readonly StixProblem[]

const has = (object: JsonObject, name: string) => object[name] !== undefined

/** One of several must be there. */
function needsOne(...names: readonly string[]): Rule {
  return (object) =>
    names.some((name) => has(object, name))
      ? []
      : [error([], `one of ${names.join(', ')} must be there`)]
}

/** `later` may equal `earlier` unless `strictly`. */
function inOrder(earlier: string, later: string, strictly = false): Rule {
  return (object) => {
    const [from, to] = [object[earlier], object[later]]
    if (typeof from !== 'string' || typeof to !== 'string') return []
    if (!isTimestamp(from) || !isTimestamp(to)) return []
    const [one, other] = [comparableTime(from), comparableTime(to)]
    const isWrong = strictly ? one >= other : one > other
    const how = strictly ? 'later than' : 'later than, or equal to,'
    return isWrong ? [error([later], `must be ${how} ${earlier} (${from}), and is ${to}`)] : []
  }
}

function numberWithin(name: string, low: number, high: number): Rule {
  return (object) => {
    const value = object[name]
    if (typeof value !== 'number' || (value >= low && value <= high)) return []
    return [error([name], `must lie between ${low} and ${high}, and is ${value}`)]
  }
}

function notTogether(one: string, other: string): Rule {
  return (object) =>
    has(object, one) && has(object, other) ? [error([other], `must not stand beside ${one}`)] : []
}

function together(one: string, ...others: readonly string[]): Rule {
  return (object) =>
    has(object, one)
      ? others
          .filter((other) => !has(object, other))
          .map((other) => error([one], `must not stand without ${other}`))
      : []
}

function textIs(name: string, is: (text: string) => boolean, expected: string): Rule {
  return (object) => {
    const value = object[name]
    if (typeof value !== 'string' || is(value)) return []
    return [error([name], `expected ${expected}, met ${value.slice(0, 100)}`)]
  }
}

/** Not counting what every object has. */
const COMMON = new Set([
  'type',
  'id',
  'spec_version',
  'object_marking_refs',
  'granular_markings',
  'defanged',
])
const notEmpty: Rule = (object) =>
  Object.keys(object).some((name) => !COMMON.has(name))
    ? []
    : [error([], 'at least one property of its own must be there')]

/** Types that a reference must not be of. */
function notOf(name: string, types: readonly string[]): Rule {
  return (object) => {
    const id = object[name]
    if (typeof id !== 'string' || !types.includes(typeOfId(id))) return []
    return [error([name], `must not refer to ${typeOfId(id)}`)]
  }
}

const MIME = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w.+-]+/
const seen = inOrder('first_seen', 'last_seen')
const charset = (name: string) => textIs(name, isCharset, 'a character set of IANA’s register')
const UNLINKED = [
  'bundle',
  'marking-definition',
  'sighting',
  'relationship',
  'language-content',
  'extension-definition',
]
const OBSERVABLES =
  'artifact autonomous-system directory domain-name email-addr email-message file ipv4-addr ipv6-addr mac-addr mutex network-traffic process software url user-account windows-registry-key x509-certificate'.split(
    ' ',
  )
const port = (name: string) => numberWithin(name, 0, 65_535)

const location: Rule = (object) => {
  const isPlaced = has(object, 'region') || has(object, 'country') || has(object, 'latitude')
  return isPlaced ? [] : [error([], 'region, country, or latitude and longitude must be there')]
}

const mailBody: Rule = ({ is_multipart: isMany, body, body_multipart: parts }) => [
  ...(isMany === true && body !== undefined
    ? [error(['body'], 'must not stand in a multipart message')]
    : []),
  ...(isMany === false && parts !== undefined
    ? [error(['body_multipart'], 'must not stand in a message of one part')]
    : []),
]

const activeTraffic: Rule = ({ is_active: isActive, end }) =>
  isActive === true && end !== undefined
    ? [error(['end'], 'must not be there while is_active is true')]
    : []

const languageContents: Rule = ({ contents }) =>
  Object.entries(isObject(contents) ? contents : {}).flatMap(([language, translated]) => [
    ...(isLanguage(language)
      ? []
      : [error(['contents', language], 'expected a language code (RFC 5646)')]),
    ...(isObject(translated) ? Object.keys(translated) : [])
      .filter((name) => !isPropertyName(name))
      .map((name) => error(['contents', language, name], 'expected the name of a property')),
  ])

const family: Rule = ({ is_family: isFamily, name }) =>
  isFamily === true && name === undefined
    ? [error(['name'], 'a malware family must have a name')]
    : []

const extensionProperties: Rule = ({ extension_properties: names, extension_types: types }) => {
  if (!Array.isArray(names) || !Array.isArray(types)) return []
  return [
    ...(types.includes('toplevel-property-extension')
      ? []
      : [error(['extension_properties'], 'belong to toplevel-property-extension alone')]),
    ...names
      .filter((name) => typeof name !== 'string' || !isPropertyName(name))
      .map((name) =>
        error(['extension_properties'], `not the name of a property: ${String(name)}`),
      ),
  ]
}

const observedObjects: Rule = (object) =>
  has(object, 'objects') === has(object, 'object_refs')
    ? [error([], 'either object_refs or (deprecated) objects must be there')]
    : []

export const OBJECT_RULES: Readonly<Record<string, readonly Rule[]>> = {
  campaign: [seen],
  indicator: [inOrder('valid_from', 'valid_until', true)],
  infrastructure: [seen],
  'intrusion-set': [seen],
  location: [
    location,
    numberWithin('latitude', -90, 90),
    numberWithin('longitude', -180, 180),
    together('latitude', 'longitude'),
    together('longitude', 'latitude'),
    together('precision', 'latitude', 'longitude'),
  ],
  malware: [seen, family],
  'malware-analysis': [needsOne('result', 'analysis_sco_refs')],
  'observed-data': [
    inOrder('first_observed', 'last_observed'),
    numberWithin('number_observed', 1, 999_999_999),
    observedObjects,
  ],
  'threat-actor': [seen],
  relationship: [
    inOrder('start_time', 'stop_time', true),
    notOf('source_ref', UNLINKED),
    notOf('target_ref', UNLINKED),
    textIs(
      'relationship_type',
      (text) => /^[a-z0-9-]+$/.test(text),
      'lower-case letters, digits, hyphens',
    ),
  ],
  sighting: [
    seen,
    numberWithin('count', 0, 999_999_999),
    notOf('sighting_of_ref', [...UNLINKED, ...OBSERVABLES]),
  ],
  'language-content': [languageContents],
  'extension-definition': [extensionProperties],
  artifact: [
    needsOne('payload_bin', 'url'),
    notTogether('payload_bin', 'url'),
    together('url', 'hashes'),
    together('decryption_key', 'encryption_algorithm'),
    textIs('mime_type', (text) => MIME.test(text), 'a registered MIME type'),
  ],
  directory: [charset('path_enc')],
  'email-addr': [
    textIs('value', (text) => /^[^@]+@[^@]+$/.test(text), 'an address without a display name'),
  ],
  'email-message': [mailBody],
  file: [needsOne('hashes', 'name'), charset('name_enc')],
  'ipv4-addr': [textIs('value', isIpv4, 'an IPv4 address or network')],
  'ipv6-addr': [textIs('value', isIpv6, 'an IPv6 address or network')],
  'mac-addr': [
    textIs(
      'value',
      (text) => /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/.test(text),
      'a MAC address such as d2:fb:49:24:37:18',
    ),
  ],
  'network-traffic': [
    needsOne('src_ref', 'dst_ref'),
    inOrder('start', 'end'),
    activeTraffic,
    port('src_port'),
    port('dst_port'),
  ],
  process: [notEmpty],
  url: [textIs('value', (text) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text), 'a URL')],
  'user-account': [notEmpty],
  'windows-registry-key': [notEmpty],
  'x509-certificate': [notEmpty],
}

/** Of objects that stand inside others, by the name of their table. */
export const PART_RULES: Readonly<Record<string, readonly Rule[]>> = {
  'granular-marking': [needsOne('lang', 'marking_ref'), notTogether('lang', 'marking_ref')],
  'external-reference': [
    needsOne('description', 'url', 'external_id'),
    ({ source_name: name, external_id: id }) => knownReference(name, id),
  ],
  'email-mime-part-type': [needsOne('body', 'body_raw_ref')],
  'http-request-ext': [],
}

/** Section 2.5: how identifiers of well-known lists are written. */
function knownReference(name: unknown, id: unknown): readonly StixProblem[] {
  if (typeof name !== 'string') return []
  const lists = { cve: /^CVE-\d{4}-\d{4,}$/, capec: /^CAPEC-\d+$/ } as const
  const list = name.toLowerCase()
  if (list !== 'cve' && list !== 'capec') return []
  if (name === list && typeof id === 'string' && lists[list].test(id)) return []
  return [
    error(
      ['external_id'],
      `${list} identifiers are written as ${list === 'cve' ? 'CVE-2026-12345' : 'CAPEC-163'}, with source_name “${list}”`,
    ),
  ]
}
