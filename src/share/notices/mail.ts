// Notices by e-mail. The library speaks SMTP; TLS is asked for everywhere but on this machine.

import type { Transporter } from 'nodemailer'
import type { Clock } from '../../core/index.ts'
import type { Language } from '../../words/index.ts'
import type { DkimKey } from './dkim.ts'
import { noticeText } from './message.ts'
import type { Sender as From } from './message.ts'
import { PermanentRefusal } from './send.ts'
import type { Sender } from './send.ts'

export type MailSettings = {
  /** `smtp://user@host:587`, `smtps://…` */
  readonly server: string
  readonly password: string | undefined
  readonly from: string
  /** Signs every message; undefined where none is set up. */
  readonly dkim?: DkimKey | undefined
}

const TIMEOUT_MS = 20_000

/** A message of the station's own. The same id is the same message. */
export type PlainMail = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly language: Language
}
export type Mailer = {
  readonly send: Sender
  readonly plain: (mail: PlainMail) => Promise<void>
  readonly close: () => void
}

/** Each notice in the contact's language. `Message-ID` follows from the message, so that a second one is known for what it is. */
export function openMailer(
  settings: MailSettings,
  from: () => Promise<From>,
  clock: Clock,
): Mailer {
  let opened: Promise<Transporter> | undefined
  const domain = settings.from.split('@')[1]?.replace(/>.*$/, '') ?? 'vigie.invalid'
  const mail = async ({ id, to, subject, text, language }: PlainMail) => {
    try {
      const transport = await (opened ??= openTransport(settings))
      await transport.sendMail({
        from: settings.from,
        to,
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        date: new Date(clock.nowMs()),
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      })
    } catch (cause) {
      throw isRefused(cause) ? new PermanentRefusal(reason(cause), { cause }) : cause
    }
  }
  return {
    plain: mail,
    send: async ({ id, contact, target, code, notice }) => {
      const { language } = contact
      const { subject, body } = noticeText(notice, { ...(await from()), code, language })
      await mail({ id: `notice-${id}`, to: target, subject, text: body, language })
    },
    close: () =>
      void opened?.then(
        (transport) => transport.close(),
        () => undefined,
      ),
  }
}

/** The library is loaded for the first message: most stations never send one. */
async function openTransport({ server, password, dkim }: MailSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const { hostname, port, protocol, username } = new URL(server)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isHere = ['127.0.0.1', '::1', 'localhost'].includes(host)
  return createTransport({
    host,
    port: Number(port === '' ? (protocol === 'smtps:' ? 465 : 587) : port),
    secure: protocol === 'smtps:',
    requireTLS: protocol === 'smtp:' && !isHere,
    ignoreTLS: protocol === 'smtp:' && isHere,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim === undefined
      ? {}
      : {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
          },
        }),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: password ?? '' } }),
  })
}

/** RFC 5321 section 4.2.1: 5xx is for good. Who cannot sign in tries again once the password is right. */
function isRefused(cause: unknown): boolean {
  if (!(cause instanceof Error) || ('code' in cause && cause.code === 'EAUTH')) return false
  return 'responseCode' in cause && Number(cause.responseCode) >= 500
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
