// Who this sensor is and which station it trusts: one file, replaced as a whole when a certificate is renewed.

import {
  X509Certificate,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { replaceFile } from './whole-file.ts'

const IdentitySchema = z.object({
  name: z.string(),
  /** `host:port` of the station. */
  station: z.string(),
  /** PEM: the station's authority; nothing else is trusted. */
  authority: z.string(),
  certificate: z.string(),
  key: z.string(),
  /** SHA-256 of the code it was enrolled with. */
  code: z.string(),
})
export type Identity = z.infer<typeof IdentitySchema>

/** Undefined before the sensor is enrolled. */
export function readIdentity(folder: string): Identity | undefined {
  const file = join(folder, 'identity.json')
  if (!existsSync(file)) return undefined
  return IdentitySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export async function writeIdentity(folder: string, identity: Identity): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await replaceFile(join(folder, 'identity.json'), JSON.stringify(identity))
}

/** A new private key (P-256, PKCS #8, PEM). It never leaves the sensor. */
export function makeKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
}

/** The public half, and a signature that shows who has the private one. */
export function offerKey(key: string, over: Buffer): { publicKey: string; proof: string } {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return { publicKey, proof: sign('sha256', over, createPrivateKey(key)).toString('base64') }
}

/** UTC milliseconds. */
export function validityOf({ certificate }: Identity): { fromMs: number; toMs: number } {
  const { validFrom, validTo } = new X509Certificate(certificate)
  return { fromMs: Date.parse(validFrom), toMs: Date.parse(validTo) }
}
