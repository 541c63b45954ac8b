// The station's own certificate authority for sensors: one for the station's door, one for each sensor. Its key is a file
// that only the station's account can read.

import { X509Certificate, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type * as X509 from '@peculiar/x509'
import { DAY_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { SensorContent } from '../../model/index.ts'
import type { Certificate } from '../syslog/index.ts'
import { sealContent } from './sealed-content.ts'

/** The name that every sensor asks for, whatever address it reaches the station by. */
export const STATION_NAME = 'station.vigie.internal'

const AUTHORITY_DAYS = 7300
const STATION_DAYS = 3650
/** A sensor that was away for a season still gets in; one that never comes back does not for ever. */
export const SENSOR_DAYS = 180
const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNED = { name: 'ECDSA', hash: 'SHA-256' } as const
/** RFC 5280 section 4.2.1.12 */
const USE = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const

export type SensorSubject = {
  readonly name: string
  /** Tells one enrolment of a name from the next, so that a revoked one stays out. */
  readonly enrolment: string
}

export type Authority = {
  /** PEM */
  readonly certificate: string
  /** Key, and certificate with the authority behind it. */
  readonly station: Certificate
  /** SHA-256 of the station's certificate, hex. */
  readonly fingerprint: string
  /** PEM certificate for a sensor's public key (SPKI, PEM; P-256). Throws when it is no such key. */
  readonly sign: (publicKey: string, subject: SensorSubject) => Promise<string>
  /** Content as sensors take it. */
  readonly seal: (content: SensorContent) => string
}

/** Opens the authority kept in `folder`; makes it at first. `names` are what the station is called beside STATION_NAME. */
export async function openAuthority(
  folder: string,
  names: readonly string[],
  clock: Clock,
): Promise<Authority> {
  const x509 = await import('@peculiar/x509')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const own = await kept(folder, 'sensors-authority', () => makeAuthority(x509, clock.nowMs()))
  const issuer = await importIssuer(x509, own)
  const station = await kept(folder, 'sensors-station', () =>
    makeStation(x509, issuer, { names, nowMs: clock.nowMs() }),
  )
  return {
    certificate: own.cert,
    station: { key: station.key, cert: station.cert + own.cert },
    fingerprint: fingerprintOf(station.cert),
    sign: (publicKey, subject) =>
      signSensor(x509, issuer, { publicKey, subject, nowMs: clock.nowMs() }),
    seal: (content) => sealContent(content, own.key),
  }
}

/** SHA-256 of a PEM certificate, hex. */
export function fingerprintOf(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
}

type Library = typeof X509
type Issuer = { readonly name: X509.Name; readonly key: webcrypto.CryptoKey }

/** Key and certificate are written as one file each, the key first: a crash between leaves a pair that is made anew. */
async function kept(
  folder: string,
  name: string,
  make: () => Promise<Certificate>,
): Promise<Certificate> {
  const [keyFile, certFile] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)]
  if (existsSync(keyFile) && existsSync(certFile))
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
  const made = await make()
  writeFileSync(keyFile, made.key, { mode: 0o600, flush: true })
  writeFileSync(`${certFile}.new`, made.cert, { flush: true })
  renameSync(`${certFile}.new`, certFile)
  return made
}

async function makeAuthority(x509: Library, nowMs: number): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Vigie sensors'] }],
    serialNumber: serial(),
    ...validity(nowMs, AUTHORITY_DAYS),
    keys,
    signingAlgorithm: SIGNED,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { key: await privatePem(keys.privateKey), cert: `${made.toString('pem')}\n` }
}

async function makeStation(
  x509: Library,
  issuer: Issuer,
  { names, nowMs }: { readonly names: readonly string[]; readonly nowMs: number },
): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const called = [STATION_NAME, ...names].map((value) => ({
    type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
    value,
  }))
  const made = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [STATION_NAME] }],
    issuer: issuer.name,
    serialNumber: serial(),
    ...validity(nowMs, STATION_DAYS),
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: SIGNED,
    extensions: [
      ...leafExtensions(x509, USE.server),
      new x509.SubjectAlternativeNameExtension(called),
    ],
  })
  return { key: await privatePem(keys.privateKey), cert: `${made.toString('pem')}\n` }
}

async function signSensor(
  x509: Library,
  issuer: Issuer,
  { publicKey, subject, nowMs }: SignSensor,
): Promise<string> {
  const made = await x509.X509CertificateGenerator.create({
    // RFC 4519 section 2.31: serialNumber names a device.
    subject: [{ CN: [subject.name] }, { '2.5.4.5': [subject.enrolment] }],
    issuer: issuer.name,
    serialNumber: serial(),
    ...validity(nowMs, SENSOR_DAYS),
    publicKey: await importPublic(publicKey),
    signingKey: issuer.key,
    signingAlgorithm: SIGNED,
    extensions: leafExtensions(x509, USE.client),
  })
  return `${made.toString('pem')}\n`
}

type SignSensor = {
  readonly publicKey: string
  readonly subject: SensorSubject
  readonly nowMs: number
}

function leafExtensions(x509: Library, use: string) {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([use], true),
  ]
}

/** A day back, because clocks differ. */
function validity(nowMs: number, days: number) {
  return { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + days * DAY_MS) }
}

/** RFC 5280 section 4.1.2.2: positive, at most 20 octets. */
function serial(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
  return `01${bytes.toString('hex')}`
}

async function importIssuer(x509: Library, { key, cert }: Certificate): Promise<Issuer> {
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
  const imported = await webcrypto.subtle.importKey('pkcs8', der, EC, false, ['sign'])
  return { name: new x509.X509Certificate(cert).subjectName, key: imported }
}

async function importPublic(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  return webcrypto.subtle.importKey('spki', der, EC, true, ['verify'])
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, type: 'pkcs8', format: 'der' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
}
