// The key by which others know this station, and the certificate that carries it through TLS. Peers pin the key, not the
// certificate, so the certificate is made anew at each start and does not run out; nobody else signs it.

import {
  X509Certificate,
  createHash,
  createPrivateKey,
  createPublicKey,
  webcrypto,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const
/** Longer than a station runs without a start. */
const CERTIFICATE_DAYS = 1100

export type StationKey = {
  /** PEM */
  readonly key: string
  readonly certificate: string
  /** SHA-256 of the public key (SPKI), hex. */
  readonly pin: string
}

/** Opens the key kept in `folder`; makes it at first. */
export async function openStationKey(folder: string, clock: Clock): Promise<StationKey> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'share-key.pem')
  if (!existsSync(file)) await makeKey(file)
  const key = readFileSync(file, 'utf8')
  const certificate = await certify(key, clock.nowMs())
  return { key, certificate, pin: pinOf(new X509Certificate(certificate)) }
}

export function pinOf(certificate: X509Certificate): string {
  const der = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex')
}

async function makeKey(file: string): Promise<void> {
  const { privateKey } = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))
  const pem = createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
  writeFileSync(`${file}.new`, pem, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

async function certify(pem: string, nowMs: number): Promise<string> {
  const x509 = await import('@peculiar/x509')
  const own = createPrivateKey(pem)
  const { subtle } = webcrypto
  const privateKey = await subtle.importKey(
    'pkcs8',
    own.export({ type: 'pkcs8', format: 'der' }),
    EC,
    false,
    ['sign'],
  )
  const publicKey = await subtle.importKey(
    'spki',
    createPublicKey(own).export({ type: 'spki', format: 'der' }),
    EC,
    true,
    ['verify'],
  )
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    // Nothing of whose it is: the certificate of a hub is shown to whoever knocks.
    name: [{ CN: ['Vigie'] }],
    // RFC 5280 section 4.1.2.2: positive.
    serialNumber: `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString('hex')}`,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + CERTIFICATE_DAYS * DAY_MS),
    keys: { privateKey, publicKey },
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ],
  })
  return `${made.toString('pem')}\n`
}
