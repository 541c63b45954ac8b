// Ed25519 keys as C2SP signed-note writes them: `name+id+base64(type, key)`. The private form has a prefix of its own.

import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sha256 } from '../merkle/hashes.ts'

/** What a signature by a key means (signed-note: signature types). */
export const KEY_KINDS = { note: 1, cosignature: 4 } as const
export type KeyKind = keyof typeof KEY_KINDS

export type VerifierKey = {
  readonly name: string
  readonly kind: KeyKind
  /** 32 bytes. */
  readonly publicKey: Buffer
  /** First four bytes of a digest over all of the above. */
  readonly id: Buffer
}

export type SignerKey = VerifierKey & { readonly privateKey: KeyObject }

const KEY_BYTES = 32
const ID_BYTES = 4
/** RFC 8410: the bytes in front of a bare key. */
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
/** No white space, no plus, no control character: a name stands in a line of a note. */
const NAME = /^[^\s+\p{Cc}]{1,200}$/u

/** Undefined when the text is no key of a kind that is known here. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const parts = splitKey(text.trim())
  if (parts === undefined) return undefined
  const key = verifierOf(parts.name, parts.kind, parts.bytes)
  return key.id.toString('hex') === parts.id ? key : undefined
}

export function verifierKeyText({ name, kind, publicKey, id }: VerifierKey): string {
  return `${name}+${id.toString('hex')}+${typed(kind, publicKey).toString('base64')}`
}

const PRIVATE = 'PRIVATE+KEY+'

/** A new private key as text: `PRIVATE+KEY+name+id+base64(type, seed)`. */
export function newSignerKey(name: string, kind: KeyKind): string {
  const seed = randomBytes(KEY_BYTES)
  const { id } = signerOf(name, kind, seed)
  return `${PRIVATE}${name}+${id.toString('hex')}+${typed(kind, seed).toString('base64')}`
}

export function parseSignerKey(text: string): SignerKey | undefined {
  const trimmed = text.trim()
  const parts = trimmed.startsWith(PRIVATE) ? splitKey(trimmed.slice(PRIVATE.length)) : undefined
  if (parts === undefined) return undefined
  const key = signerOf(parts.name, parts.kind, parts.bytes)
  return key.id.toString('hex') === parts.id ? key : undefined
}

export function isKeyName(name: string): boolean {
  return NAME.test(name)
}

export function signBytes({ privateKey }: SignerKey, message: Uint8Array): Buffer {
  return sign(null, message, privateKey)
}

export function isSignedBy(key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  const der = Buffer.concat([PUBLIC_HEAD, key.publicKey])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, message, publicKey, signature)
}

function splitKey(text: string) {
  const [name = '', id = '', encoded = '', ...more] = text.split('+')
  // Base64 may hold a plus: what follows the second one is all key.
  const bytes = Buffer.from([encoded, ...more].join('+'), 'base64')
  const kind = kindOf(bytes[0])
  if (!NAME.test(name) || !/^[0-9a-f]{8}$/.test(id) || kind === undefined) return undefined
  return bytes.length === KEY_BYTES + 1 ? { name, id, kind, bytes: bytes.subarray(1) } : undefined
}

function kindOf(type: number | undefined): KeyKind | undefined {
  if (type === KEY_KINDS.note) return 'note'
  return type === KEY_KINDS.cosignature ? 'cosignature' : undefined
}

function signerOf(name: string, kind: KeyKind, seed: Buffer): SignerKey {
  const der = Buffer.concat([PRIVATE_HEAD, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { ...verifierOf(name, kind, spki.subarray(PUBLIC_HEAD.length)), privateKey }
}

function verifierOf(name: string, kind: KeyKind, publicKey: Buffer): VerifierKey {
  const id = sha256(Buffer.from(`${name}\n`), typed(kind, publicKey)).subarray(0, ID_BYTES)
  return { name, kind, publicKey, id }
}

function typed(kind: KeyKind, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([KEY_KINDS[kind]]), key])
}
