// The id that an observable's own values make (STIX 2.1 section 3.4): a UUID of version 5 over them. Anybody can compute it for
// any guess, so it never stands where a value must not be known.

import { randomUUID } from 'node:crypto'
import { canonicalJson, nameBasedUuid } from '../../core/index.ts'
import { ownEntry } from './own-entry.ts'
import { isObject } from './problem.ts'
import type { JsonObject } from './problem.ts'

const NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'

/** Errata 01, the table of each observable's section. */
const CONTRIBUTING: Readonly<Record<string, readonly string[]>> = {
  artifact: ['hashes', 'payload_bin'],
  'autonomous-system': ['number'],
  directory: ['path'],
  'domain-name': ['value'],
  'email-addr': ['value'],
  'email-message': ['from_ref', 'subject', 'body'],
  file: ['hashes', 'name', 'extensions', 'parent_directory_ref'],
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  'mac-addr': ['value'],
  mutex: ['name'],
  'network-traffic': [
    'start',
    'end',
    'src_ref',
    'dst_ref',
    'src_port',
    'dst_port',
    'protocols',
    'extensions',
  ],
  process: [],
  software: ['name', 'cpe', 'swid', 'vendor', 'version'],
  url: ['value'],
  'user-account': ['account_type', 'user_id', 'account_login'],
  'windows-registry-key': ['key', 'values'],
  'x509-certificate': ['hashes', 'serial_number'],
}

/** One hash contributes: the first of these that is there, else the first by name. */
const HASH_ORDER = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512']

/** The id of an observable; random when nothing of it contributes. Undefined for a type that is no observable. */
export function observableId(object: JsonObject): string | undefined {
  const { type } = object
  const names = typeof type === 'string' ? ownEntry(CONTRIBUTING, type) : undefined
  if (typeof type !== 'string' || names === undefined) return undefined
  const values = names.flatMap((name): [string, unknown][] => {
    const value = name === 'hashes' ? oneHash(object[name]) : object[name]
    return value === undefined ? [] : [[name, value]]
  })
  const uuid =
    values.length === 0
      ? randomUUID()
      : nameBasedUuid(NAMESPACE, canonicalJson(Object.fromEntries(values)))
  return `${type}--${uuid}`
}

function oneHash(hashes: unknown): JsonObject | undefined {
  if (!isObject(hashes)) return undefined
  const name =
    HASH_ORDER.find((one) => hashes[one] !== undefined) ?? Object.keys(hashes).toSorted()[0]
  return name === undefined ? undefined : { [name]: hashes[name] }
}
