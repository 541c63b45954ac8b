// One device over SSH: its key is looked at before anything else, then login, then what its platform reads.

import { createHash } from 'node:crypto'
import ssh2 from 'ssh2'
import type { Client, ClientChannel, ConnectConfig } from 'ssh2'
import { reasonOf } from '../../core/index.ts'
import { DIALOGUE_LIMITS, PullTrouble, answerOf, readByPrompt } from './dialogue.ts'
import type { DialogueLimits } from './dialogue.ts'
import type { Platform } from './platform-content.ts'

/** What was given to log in with. */
export type Login = {
  readonly password?: string | undefined
  /** OpenSSH, or PEM. */
  readonly key?: string | undefined
  readonly passphrase?: string | undefined
  /** Where somebody said that it may be used. */
  readonly enable?: string | undefined
}
export type PullAsk = {
  readonly host: string
  readonly port: number
  readonly account: string
  readonly login: Login
  readonly platform: Platform
  /** `SHA256:…` that was confirmed; null: none, and nothing is sent. */
  readonly hostKey: string | null
  readonly limits?: Partial<DialogueLimits & { readonly connectMs: number }>
}

const CONNECT_MS = 20_000
/** Old devices write descriptions in Latin-1, newer ones in UTF-8: no byte is lost until all of it can be judged. */
const A_BYTE_A_CHARACTER = 'latin1'

/** The configuration, whole, as the device sent it: its encoding is not known here. Throws PullTrouble. */
export async function pullOverSsh(ask: PullAsk): Promise<Buffer> {
  const limits = { ...DIALOGUE_LIMITS, connectMs: CONNECT_MS, ...ask.limits }
  const client = new ssh2.Client()
  try {
    await connect(client, ask, limits.connectMs)
    const text =
      ask.platform.way === 'command'
        ? await readByCommands(client, ask.platform, limits)
        : await readByShell(client, ask, limits)
    return Buffer.from(text, A_BYTE_A_CHARACTER)
  } finally {
    client.destroy()
  }
}

function connect(client: Client, ask: PullAsk, connectMs: number): Promise<void> {
  const { host, port, account, login, platform } = ask
  const { password, key, passphrase } = login
  checkLogin(login)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let keyTrouble: PullTrouble | undefined
  let asked: PullTrouble | undefined
  const config: ConnectConfig = {
    host,
    port,
    username: account + platform.account_suffix,
    readyTimeout: connectMs,
    tryKeyboard: password !== undefined,
    ...(password === undefined ? {} : { password }),
    ...(key === undefined ? {} : { privateKey: key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    // Devices that were never updated know nothing newer; newer ones are asked for first.
    algorithms: {
      kex: { append: ['diffie-hellman-group14-sha1'], prepend: [], remove: [] },
      cipher: { append: ['aes256-cbc', 'aes128-cbc'], prepend: [], remove: [] },
    },
    hostVerifier: (met: Buffer) => {
      keyTrouble = hostKeyTrouble(met, ask.hostKey)
      return keyTrouble === undefined
    },
  }
  client.on('keyboard-interactive', (_name, _about, _language, prompts, answer) => {
    const [first] = prompts
    const isPassword = prompts.length === 1 && /passw|mot de passe/i.test(first?.prompt ?? '')
    if (prompts.length > 0 && !isPassword)
      asked = new PullTrouble('asks_more', prompts.map(({ prompt }) => prompt).join(' '))
    answer(isPassword && password !== undefined ? [password] : prompts.map(() => ''))
  })
  client.once('ready', () => {
    client.setNoDelay()
    resolve()
  })
  client.on('error', (cause) => reject(keyTrouble ?? asked ?? troubleOf(cause)))
  client.once('close', () =>
    reject(keyTrouble ?? asked ?? new PullTrouble('unreachable', 'closed')),
  )
  client.connect(config)
  return promise
}

function checkLogin({ password, key, passphrase }: Login): void {
  if (key === undefined) {
    if (password === undefined) throw new PullTrouble('bad_login', '–')
    return
  }
  const read = ssh2.utils.parseKey(key, passphrase)
  if (read instanceof Error) throw new PullTrouble('bad_login', read.message)
}

function hostKeyTrouble(met: Buffer, confirmed: string | null): PullTrouble | undefined {
  const shown = fingerprintOf(met)
  if (confirmed === null) return new PullTrouble('key_unknown', shown)
  return confirmed === shown ? undefined : new PullTrouble('key_changed', shown)
}

/** As OpenSSH shows it. */
export function fingerprintOf(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`
}

function troubleOf(cause: Error & { level?: string }): PullTrouble {
  if (cause.level === 'client-authentication') return new PullTrouble('refused', cause.message)
  return new PullTrouble('unreachable', reasonOf(cause))
}

async function readByShell(client: Client, ask: PullAsk, limits: DialogueLimits): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>()
  client.shell({ term: 'vt100', cols: 511, rows: 1000 }, (error, channel) => {
    if (error === undefined) resolve(channel)
    else reject(new PullTrouble('closed', error.message))
  })
  client.once('error', (cause) => reject(troubleOf(cause)))
  const channel = await promise
  const terminal = { write: (text: string) => void channel.write(text), pieces: piecesOf(channel) }
  return readByPrompt(terminal, ask.platform, { limits, enable: ask.login.enable })
}

async function readByCommands(
  client: Client,
  platform: Platform,
  limits: DialogueLimits,
): Promise<string> {
  const answers: string[] = []
  for (const command of platform.show) {
    const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>()
    client.exec(command, (error, channel) => {
      if (error === undefined) resolve(channel)
      else reject(new PullTrouble('command_refused', error.message))
    })
    answers.push(answerOf(await wholeOf(await promise, limits), platform))
  }
  return answers.join('\n')
}

async function wholeOf(channel: ClientChannel, limits: DialogueLimits): Promise<string> {
  const pieces = piecesOf(channel)
  const startMs = Date.now()
  let text = ''
  for (;;) {
    const { promise: idle, resolve } = Promise.withResolvers<'idle'>()
    const timer = setTimeout(() => resolve('idle'), limits.idleMs)
    const met = await Promise.race([pieces.next(), idle])
    clearTimeout(timer)
    if (met === 'idle' || Date.now() - startMs > limits.totalMs)
      throw new PullTrouble('stalled', text.slice(-80))
    if (met.done === true) return text.replaceAll('\r\n', '\n')
    text += met.value
    if (text.length > limits.mostBytes) throw new PullTrouble('too_large', '')
  }
}

/** What a refusal says comes on the other stream. */
async function* piecesOf(channel: ClientChannel): AsyncGenerator<string> {
  channel.setEncoding(A_BYTE_A_CHARACTER)
  channel.stderr.setEncoding(A_BYTE_A_CHARACTER)
  let errors = ''
  channel.stderr.on('data', (piece: string) => {
    if (errors.length < 4096) errors += piece
  })
  for await (const piece of channel) yield String(piece)
  if (errors !== '') yield errors
}
