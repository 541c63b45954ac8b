// A sensor's first visit: the code says where the station is and how its certificate is recognised, before the secret is said.

import { createHash } from 'node:crypto'
import type { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { VigieError, reasonOf } from '../../core/index.ts'
import { CertificateAnswerSchema } from '../../model/sensor.ts'
import { STATION_NAME } from '../sensors/authority.ts'
import { decodeInvitation, enrolProof } from '../sensors/invitation.ts'
import type { Invitation } from '../sensors/invitation.ts'
import { ask } from './ask.ts'
import { makeKey, offerKey, writeIdentity } from './identity.ts'
import type { Identity } from './identity.ts'
import { replaceFile } from './whole-file.ts'

const CONNECT_MS = 15_000

/** Whether the identity was made with this code: it may stay on the command line of a service. */
export function isEnrolledBy(identity: Identity | undefined, code: string): boolean {
  return identity?.code === digest(code)
}

/**
 * Enrols with the code and keeps the identity in `folder`. May be repeated with the same code when an answer was lost: the
 * key is kept first. Throws SENSOR_CODE_INVALID, SENSOR_CODE_REFUSED, STATION_NOT_TRUSTED or STATION_UNREACHABLE.
 */
export async function enrol(code: string, folder: string): Promise<Identity> {
  const invitation = decodeInvitation(code)
  if (invitation === undefined) throw new VigieError('SENSOR_CODE_INVALID', {})
  const { address, secret } = invitation
  const key = await keptKey(folder)
  const socket = await meet(invitation)
  const offer = { ...offerKey(key, enrolProof(secret)), secret }
  const { status, body } = await ask(
    { createConnection: () => socket },
    { path: '/sensor/enrol', body: Buffer.from(JSON.stringify(offer)) },
  ).finally(() => socket.destroy())
  if (status === 403) throw new VigieError('SENSOR_CODE_REFUSED', { address })
  const answer = CertificateAnswerSchema.safeParse(body)
  if (!answer.success) throw new VigieError('STATION_UNREACHABLE', { url: address })
  const { name, certificate, authority } = answer.data
  const identity = { name, station: address, authority, certificate, key, code: digest(code) }
  await writeIdentity(folder, identity)
  rmSync(join(folder, 'new-key.pem'), { force: true })
  return identity
}

async function keptKey(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'new-key.pem')
  if (!existsSync(file)) await replaceFile(file, makeKey())
  return readFileSync(file, 'utf8')
}

/** A connection to exactly the station that the code was made by. */
async function meet({ address, fingerprint }: Invitation): Promise<TLSSocket> {
  const { hostname: host, port } = new URL(`https://${address}`)
  const socket = connect({
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port === '' ? 443 : port),
    servername: STATION_NAME,
    minVersion: 'TLSv1.3',
    // The fingerprint decides, below.
    rejectUnauthorized: false,
  })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(CONNECT_MS) })
  } catch (cause) {
    socket.destroy()
    throw new VigieError(
      'STATION_UNREACHABLE',
      { url: `${address} (${reasonOf(cause)})` },
      { cause },
    )
  }
  if (fingerprintOf(socket.getPeerX509Certificate()) === fingerprint) return socket
  socket.destroy()
  throw new VigieError('STATION_NOT_TRUSTED', { address })
}

function fingerprintOf(certificate: X509Certificate | undefined): string {
  return (certificate?.fingerprint256 ?? '').replaceAll(':', '').toLowerCase()
}

function digest(code: string): string {
  return createHash('sha256').update(code.trim()).digest('hex')
}
