// The key by which mail of this hub is signed (DKIM, RFC 6376), so that whoever receives it can tell it from forged warnings. The
// record that receivers look it up by is put into DNS by people.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError } from '../../core/index.ts'

export type DkimKey = {
  readonly domain: string
  readonly selector: string
  /** PEM */
  readonly privateKey: string
  /** What stands in DNS: name and text. */
  readonly record: { readonly name: string; readonly value: string }
}

/** RFC 8301 section 3.2: at least 1024, should be 2048; every receiver knows RSA, few know Ed25519 (RFC 8463). */
const BITS = 2048

/** The key kept in `folder`, made at first. Throws CONTENT_INVALID for a file that is none, SETTING_INVALID without a domain. */
export function openDkimKey(
  folder: string,
  { selector, from }: { readonly selector: string; readonly from: string },
): DkimKey {
  const domain = domainOf(from)
  if (domain === undefined)
    throw new VigieError('SETTING_INVALID', {
      name: 'mailFrom',
      met: from,
      expected: 'an address with a domain, such as alerts@example.ca',
    })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'mail-dkim-key.pem')
  if (!existsSync(file)) makeKey(file)
  const privateKey = readFileSync(file, 'utf8')
  return { domain, selector, privateKey, record: recordOf(file, privateKey, { domain, selector }) }
}

function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  writeFileSync(`${file}.new`, privateKey, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

function recordOf(
  file: string,
  pem: string,
  { domain, selector }: { readonly domain: string; readonly selector: string },
) {
  try {
    const spki = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' })
    return {
      name: `${selector}._domainkey.${domain}`,
      value: `v=DKIM1; k=rsa; p=${spki.toString('base64')}`,
    }
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: 'not a private key' }, { cause })
  }
}

/** Of `alerts@example.ca` or `Name <alerts@example.ca>`. */
export function domainOf(from: string): string | undefined {
  return /@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)>?\s*$/i
    .exec(from)?.[1]
    ?.toLowerCase()
}
