// For tests: SSH servers that behave like devices, on loopback.

import type { AddressInfo } from 'node:net'
import ssh2 from 'ssh2'
import type { ServerChannel } from 'ssh2'

export type Behaviour = {
  readonly prompt: string
  /** Answers by command; what is not here is refused. */
  readonly answers: Readonly<Record<string, string>>
  readonly refusal?: string
  readonly password?: string
  /** Public key that may log in. */
  readonly allowedKey?: string
  /** Asks for the password by keyboard-interactive alone, or for another thing. */
  readonly asks?: string
  /** Lines to a page, with this mark. */
  readonly page?: { readonly lines: number; readonly mark: string; readonly wipe: string }
  /** Closes, or says nothing more, after so many bytes of an answer. */
  readonly cutAfter?: { readonly bytes: number; readonly how: 'close' | 'stall' }
  /** How its pages are written; UTF-8 else. */
  readonly encoding?: 'latin1'
  /** Sent instead of anything a terminal would. */
  readonly garbage?: Buffer
  readonly hostKey?: string
  /** Until `enable` with this password, the prompt ends in `>`. */
  readonly enable?: string
}
export type FakeDevice = {
  readonly port: number
  /** Everything that was typed. */
  readonly typed: readonly string[]
  readonly close: () => Promise<void>
}

/** One pair of 250 that ssh2 makes it cannot read again. */
export function newKeyPair(): { readonly public: string; readonly private: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair
  }
}

export const newHostKey = (): string => newKeyPair().private

export async function fakeDevice(behaviour: Behaviour): Promise<FakeDevice> {
  const typed: string[] = []
  const server = new ssh2.Server({ hostKeys: [behaviour.hostKey ?? newHostKey()] }, (client) => {
    client.on('authentication', (context) => {
      const { password = 'Right-1', asks, allowedKey } = behaviour
      if (context.method === 'keyboard-interactive' && asks !== undefined)
        context.prompt([{ prompt: asks, echo: false }], (answers) => {
          if (answers[0] === password) context.accept()
          else context.reject()
        })
      else if (context.method === 'publickey' && allowedKey !== undefined) {
        const key = ssh2.utils.parseKey(allowedKey)
        const isAllowed = !(key instanceof Error) && key.getPublicSSH().equals(context.key.data)
        if (isAllowed) context.accept()
        else context.reject()
      } else if (
        context.method === 'password' &&
        asks === undefined &&
        context.password === password
      )
        context.accept()
      else context.reject(asks === undefined ? ['password', 'publickey'] : ['keyboard-interactive'])
    })
    client.on('error', () => {})
    // The types leave it out at this end.
    ;(client as unknown as { setNoDelay: () => void }).setNoDelay()
    client.on('session', (accept) => {
      const session = accept()
      session.on('pty', (ok) => ok())
      session.on('shell', (ok) => talk(ok(), behaviour, typed))
      session.on('exec', (ok, _refuse, { command }) => {
        typed.push(command)
        const channel = ok()
        const answer = behaviour.answers[command]
        if (answer === undefined) channel.stderr.write(behaviour.refusal ?? 'not found\n')
        else channel.write(answer)
        channel.exit(answer === undefined ? 1 : 0)
        channel.end()
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    port: (server.address() as AddressInfo).port,
    typed,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function talk(channel: ServerChannel, behaviour: Behaviour, typed: string[]): void {
  const { answers, garbage, refusal = '% Invalid input detected' } = behaviour
  let prompt =
    behaviour.enable === undefined ? behaviour.prompt : behaviour.prompt.replace('#', '>')
  let line = ''
  let rest: string[] = []
  let isAsking = false
  if (garbage !== undefined) {
    channel.write(garbage)
    return
  }
  channel.write(`\r\nAuthorized users only\r\n${prompt}`)
  const turn = () => {
    const { lines, mark } = behaviour.page ?? { lines: rest.length, mark: '' }
    const page = rest.splice(0, lines)
    const text = page.map((one) => `${one}\r\n`).join('')
    channel.write(Buffer.from(text, behaviour.encoding ?? 'utf8'))
    channel.write(rest.length > 0 ? mark : prompt)
  }
  const run = (command: string) => {
    typed.push(command)
    if (isAsking) {
      isAsking = false
      if (command === behaviour.enable) ({ prompt } = behaviour)
      channel.write(`\r\n${prompt}`)
      return
    }
    channel.write(`${command}\r\n`)
    if (command === 'exit' || command === '/quit') {
      channel.end()
      return
    }
    if (command === 'enable' && behaviour.enable !== undefined) {
      isAsking = true
      channel.write('Password: ')
      return
    }
    const answer = answers[command] ?? refusal
    const { cutAfter } = behaviour
    if (cutAfter !== undefined && answer.length > cutAfter.bytes) {
      channel.write(answer.slice(0, cutAfter.bytes).replaceAll('\n', '\r\n'))
      if (cutAfter.how === 'close') channel.end()
      return
    }
    rest = answer === '' ? [] : answer.replace(/\n$/, '').split('\n')
    turn()
  }
  channel.on('data', (piece: Buffer) => {
    for (const character of piece.toString('utf8')) {
      if (rest.length > 0 && character === ' ') {
        channel.write(behaviour.page?.wipe ?? '')
        turn()
      } else if (character === '\n' || character === '\r') {
        const command = line
        line = ''
        run(command)
      } else line += character
    }
  })
}
