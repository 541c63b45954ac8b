// How requests say who asks. Tokens are kept until shortly before they end, and given up when they are refused.

import { createHmac, createSign } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import { z } from 'zod'
import type { SignIn } from './collector.ts'
import { fill } from './fill.ts'
import type { Filled, Values } from './fill.ts'
import { CloudFailure } from './trouble.ts'

/** What a request needs beside its own headers. */
export type Signed = { readonly headers: Readonly<Record<string, string>> }

export type Signer = {
  readonly sign: (request: Filled) => Promise<Signed>
  /** The provider refused what `sign` gave: true where another try may do better. */
  readonly renew: () => boolean
}

/** Posts a form and gives the answer as it is; throws CloudFailure. */
export type PostForm = (url: string, form: Values) => Promise<unknown>

type SignerParts = {
  readonly values: Values
  readonly postForm: PostForm
  readonly nowMs: () => number
}

export function signerOf(signIn: SignIn, parts: SignerParts): Signer {
  const { values } = parts
  switch (signIn.kind) {
    case 'none':
      return fixed(() => ({}))
    case 'header':
      return fixed(() => ({ [signIn.name]: fill(signIn.value, values) }))
    case 'basic':
      return fixed(() => ({
        Authorization: basic(fill(signIn.user, values), fill(signIn.password, values)),
      }))
    case 'oauth':
      return tokens(parts, () => ({
        url: fill(signIn.token_url, values),
        form: { grant_type: 'client_credentials', ...filled(signIn.form, values) },
      }))
    case 'google':
      return tokens(parts, () => googleGrant(signIn, parts))
    case 'duo':
      return fixed((request) =>
        duoHeaders(request, fill(signIn.key, values), fill(signIn.secret, values), parts.nowMs()),
      )
    case 'aws':
      return awsSigner(signIn, parts)
    default:
      return signIn satisfies never
  }
}

function fixed(headers: (request: Filled) => Readonly<Record<string, string>>): Signer {
  return { sign: async (request) => ({ headers: headers(request) }), renew: () => false }
}

const TokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().min(0).default(300),
})
/** A token is not used in its last minute. */
const SPARE_MS = 60_000

type Grant = { readonly url: string; readonly form: Values }

function tokens({ postForm, nowMs }: SignerParts, grant: () => Grant): Signer {
  let held: { readonly token: string; readonly endMs: number } | undefined
  let isFresh = false
  const sign = async (): Promise<Signed> => {
    if (held === undefined || nowMs() >= held.endMs) {
      const { url, form } = grant()
      const read = TokenSchema.safeParse(await postForm(url, form))
      if (!read.success)
        throw new CloudFailure({
          code: 'unreadable',
          reason: 'the sign-in answers without an access_token',
        })
      const { access_token: token, expires_in: seconds } = read.data
      held = { token, endMs: nowMs() + Math.max(seconds * 1000 - SPARE_MS, seconds * 500) }
      isFresh = true
    } else isFresh = false
    return { headers: { Authorization: `Bearer ${held.token}` } }
  }
  const renew = () => {
    held = undefined
    return !isFresh
  }
  return { sign, renew }
}

const GoogleKeySchema = z.object({ client_email: z.string(), private_key: z.string() })
const GRANT_SECONDS = 3600

function googleGrant(
  { key, token_url: tokenUrl, subject, scopes }: Extract<SignIn, { kind: 'google' }>,
  { values, nowMs }: SignerParts,
): Grant {
  const url = fill(tokenUrl, values)
  const account = googleKey(fill(key, values))
  const issued = Math.floor(nowMs() / 1000)
  const claims = {
    iss: account.client_email,
    ...(subject === undefined ? {} : { sub: fill(subject, values) }),
    scope: scopes.join(' '),
    aud: url,
    iat: issued,
    exp: issued + GRANT_SECONDS,
  }
  const text = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`
  const signature = createSign('RSA-SHA256').update(text).sign(account.private_key, 'base64url')
  return {
    url,
    form: {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: `${text}.${signature}`,
    },
  }
}

function googleKey(text: string): z.infer<typeof GoogleKeySchema> {
  try {
    return GoogleKeySchema.parse(JSON.parse(text))
  } catch (cause) {
    const reason = 'the key of the service account is not the JSON file that Google gives'
    throw new CloudFailure({ code: 'unreadable', reason }, { cause })
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** https://duo.com/docs/adminapi#authentication, signature version 5 without its body and header parts is version 2. */
function duoHeaders({ method, url }: Filled, key: string, secret: string, nowMs: number) {
  const date = new Date(nowMs).toUTCString().replace('GMT', '-0000')
  const query = url.search.slice(1).split('&').toSorted().join('&')
  const canonical = [date, method, url.hostname.toLowerCase(), url.pathname, query].join('\n')
  const signature = createHmac('sha512', secret).update(canonical).digest('hex')
  return { Date: date, Authorization: basic(key, signature) }
}

function awsSigner(
  { key, secret, session, region }: Extract<SignIn, { kind: 'aws' }>,
  { values }: SignerParts,
): Signer {
  const given = session === undefined ? '' : fill(session, values)
  const sign = async ({ method, url, headers, body }: Filled): Promise<Signed> => {
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      headers,
      accessKeyId: fill(key, values),
      secretAccessKey: fill(secret, values),
      region: fill(region, values),
      service: headers['X-Amz-Target']?.startsWith('AmazonSQS') === true ? 'sqs' : 's3',
      ...(body === undefined ? {} : { body }),
      ...(given === '' ? {} : { sessionToken: given }),
    })
    const { headers: signed } = await signer.sign()
    return { headers: Object.fromEntries(signed) }
  }
  return { sign, renew: () => false }
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

function filled(texts: Values, values: Values): Values {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, values)]))
}
