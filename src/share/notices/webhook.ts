// Notices to a program of the one who is told. Signed with the hub's key; the address is looked up here and must be public, so that
// a registered address cannot reach into the hub's own network; nothing of the answer is kept.

import { createSign } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import type { Clock } from '../../core/index.ts'
import type { StationKey } from '../peer/station-key.ts'
import { isPublicAddress } from './holding.ts'
import { noticeText } from './message.ts'
import type { Sender as From } from './message.ts'
import { PermanentRefusal } from './send.ts'
import type { Sender } from './send.ts'

export type WebhookSettings = {
  readonly key: StationKey
  /** Private addresses and plain HTTP too; somebody said so. */
  readonly mayBePrivate: boolean
}

const TIMEOUT_MS = 10_000

/**
 * The body is JSON: `{ id, notice, text: { en, fr }, code }`. `vigie-signature` is ECDSA (P-256, SHA-256, DER, base64) over
 * `TIME.BODY`, TIME being that of `vigie-time` in seconds; `vigie-key` names the key by its pin. The same id is the same notice.
 */
export function webhookSender(
  settings: WebhookSettings,
  from: () => Promise<From>,
  clock: Clock,
): Sender {
  return async ({ id, target, code, notice }) => {
    const sender = await from()
    const [en, fr] = (['en', 'fr'] as const).map((language) =>
      noticeText(notice, { ...sender, code, language }),
    )
    await postSigned(settings, clock, {
      id,
      target,
      content: { id, hub: sender.hub, notice, code, text: { en, fr } },
    })
  }
}

export type SignedPost = {
  readonly id: string
  readonly target: string
  readonly content: object
}

/** Throws what went wrong; `PermanentRefusal` where trying again is in vain. */
export async function postSigned(
  { key, mayBePrivate }: WebhookSettings,
  clock: Clock,
  { id, target, content }: SignedPost,
): Promise<void> {
  const body = JSON.stringify(content)
  const time = String(Math.trunc(clock.nowMs() / 1000))
  const signature = createSign('sha256').update(`${time}.${body}`).sign(key.key, 'base64')
  await post(
    new URL(target),
    { body, mayBePrivate },
    {
      'content-type': 'application/json',
      'vigie-id': id,
      'vigie-time': time,
      'vigie-key': key.pin,
      'vigie-signature': signature,
    },
  )
}

type Posting = { readonly body: string; readonly mayBePrivate: boolean }

function post(
  url: URL,
  { body, mayBePrivate }: Posting,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isPlain = url.protocol === 'http:'
  if (
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    (isPlain && !mayBePrivate)
  )
    throw new PermanentRefusal('an https address without a user name is expected')
  if (isIP(host) !== 0 && !mayBePrivate && !isPublicAddress(host))
    throw new PermanentRefusal(`${host} is no public address`)
  return new Promise((resolve, reject) => {
    const ask = isPlain ? httpRequest : httpsRequest
    const sent = ask(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
        ...(mayBePrivate ? {} : { lookup: publicLookup }),
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        // Redirects are not followed: they lead where nobody registered.
        answer.destroy()
        if (status >= 200 && status < 300) resolve()
        else
          reject(
            status === 410
              ? new PermanentRefusal(`answer ${status}`)
              : new Error(`answer ${status}`),
          )
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

/** The address that is connected to is the one that is looked at here: a name cannot answer differently the second time. */
const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, '', 0)
    const hidden = addresses.find(({ address }) => !isPublicAddress(address))
    if (hidden !== undefined || addresses.length === 0)
      return done(
        new PermanentRefusal(
          `${host} is at ${hidden?.address ?? 'no address'}, which is not public`,
        ),
        '',
        0,
      )
    if (options.all === true) return done(null, addresses)
    const [first] = addresses
    return done(null, first?.address ?? '', first?.family ?? 0)
  })
}
