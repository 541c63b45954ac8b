// Real SSH servers on loopback that behave like devices, and like devices that do not.

import ssh2 from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import { PullTrouble } from './dialogue.ts'
import { readPlatforms } from './platform-content.ts'
import type { Platform } from './platform-content.ts'
import { shownText } from './screen.ts'
import { fakeDevice, newHostKey, newKeyPair } from './ssh-device.test-helper.ts'
import type { Behaviour, FakeDevice } from './ssh-device.test-helper.ts'
import { fingerprintOf, pullOverSsh } from './ssh-pull.ts'
import type { PullAsk } from './ssh-pull.ts'

const platforms = readPlatforms(`${import.meta.dirname}/../../../content/pulls`)
const open: FakeDevice[] = []
afterEach(async () => {
  for (const device of open.splice(0)) await device.close()
})

const HOST_KEY = newHostKey()
const publicOf = (key: string): Buffer => {
  const parsed = ssh2.utils.parseKey(key)
  if (parsed instanceof Error) throw parsed
  return parsed.getPublicSSH()
}
const CONFIRMED = fingerprintOf(publicOf(HOST_KEY))
const QUICK = { quietMs: 25, idleMs: 500, connectMs: 3000, totalMs: 10_000 }

function platformNamed(name: string): Platform {
  const platform = platforms.get(name)
  if (platform === undefined) throw new Error(name)
  return platform
}

async function pull(name: string, behaviour: Behaviour, ask: Partial<PullAsk> = {}) {
  const device = await fakeDevice({ hostKey: HOST_KEY, ...behaviour })
  open.push(device)
  const text = pullOverSsh({
    host: '127.0.0.1',
    port: device.port,
    account: 'reader',
    login: { password: 'Right-1' },
    platform: platformNamed(name),
    hostKey: CONFIRMED,
    limits: QUICK,
    ...ask,
  })
  const met = await text.catch((cause: unknown) => cause)
  return { device, met, text: Buffer.isBuffer(met) ? met.toString('utf8') : met }
}

const IOS = [
  'Building configuration...',
  '',
  'Current configuration : 99 bytes',
  '!',
  'hostname r1',
  'banner motd ^C',
  'r1# is a prompt in a banner',
  '^C',
  'end',
  '',
].join('\n')
const ANSWERS = { 'terminal length 0': '', 'terminal width 512': '', 'show running-config': IOS }
const IOS_DEVICE: Behaviour = { prompt: 'r1#', answers: ANSWERS }

/** Each platform of content, with what its devices say. */
const MAKES: readonly (readonly [string, Behaviour, string])[] = [
  ['cisco-ios', IOS_DEVICE, IOS],
  [
    'cisco-asa',
    {
      prompt: 'asa/pri/act# ',
      answers: { 'terminal pager 0': '', 'show running-config': ': Saved\nhostname asa\n: end\n' },
    },
    ': Saved\nhostname asa\n: end\n',
  ],
  [
    'fortios',
    {
      prompt: 'FGT-1 # ',
      answers: {
        show: '#config-version=FGT60F\nconfig system global\n    set hostname "FGT-1"\nend\nconfig system admin\nend\n',
      },
      page: { lines: 2, mark: '--More-- ', wipe: '\r         \r' },
    },
    '#config-version=FGT60F\nconfig system global\n    set hostname "FGT-1"\nend\nconfig system admin\nend\n',
  ],
  [
    'panos',
    {
      prompt: 'reader@PA-1(active)> ',
      answers: {
        'set cli scripting-mode on': '',
        'set cli pager off': '',
        'show config running': '<config version="10.2.0">\n</config>\n',
      },
    },
    '<config version="10.2.0">\n</config>\n',
  ],
  [
    'junos',
    {
      prompt: 'reader@srx1> ',
      answers: {
        'set cli screen-length 0': 'Screen length set to 0\n',
        'set cli screen-width 0': '',
        'show configuration | no-more': 'system {\n    host-name srx1;\n}\n',
      },
    },
    'system {\n    host-name srx1;\n}\n',
  ],
  [
    'routeros',
    {
      prompt: '[reader@mt] > ',
      answers: { '/export': '# by RouterOS 7.14\n/system identity\nset name=mt\n' },
    },
    '# by RouterOS 7.14\n/system identity\nset name=mt\n',
  ],
  [
    'pfsense',
    {
      prompt: '',
      answers: { 'cat /conf/config.xml': '<?xml version="1.0"?>\n<pfsense>\n</pfsense>\n' },
    },
    '<?xml version="1.0"?>\n<pfsense>\n</pfsense>\n',
  ],
]

test.each(MAKES)(
  '%s: the whole configuration, and nothing but its commands is sent',
  async (name, behaviour, expected) => {
    const { device, text } = await pull(name, behaviour)
    expect(text).toBe(expected)
    const platform = platformNamed(name)
    const allowed = [...platform.before, ...platform.show, platform.after ?? '']
    expect(device.typed.filter((command) => !allowed.includes(command))).toEqual([])
  },
)

describe('a host key', () => {
  test('that nobody confirmed is shown, and nothing is sent', async () => {
    const { device, text } = await pull('cisco-ios', IOS_DEVICE, { hostKey: null })
    expect(text).toMatchObject({ problem: 'key_unknown', met: CONFIRMED })
    expect(device.typed).toEqual([])
  })
  test('that changed stops before login', async () => {
    const other = newHostKey()
    const { device, text } = await pull('cisco-ios', { ...IOS_DEVICE, hostKey: other })
    expect(text).toMatchObject({ problem: 'key_changed', met: fingerprintOf(publicOf(other)) })
    expect(device.typed).toEqual([])
  })
})

describe('login', () => {
  test('by key, and by keyboard-interactive that asks for the password', async () => {
    const pair = newKeyPair()
    const byKey = await pull(
      'cisco-ios',
      { ...IOS_DEVICE, allowedKey: pair.public },
      { login: { key: pair.private } },
    )
    expect(byKey.text).toBe(IOS)
    const asked = await pull('cisco-ios', { ...IOS_DEVICE, asks: 'Password: ' })
    expect(asked.text).toBe(IOS)
  })
  test.each([
    ['refused', {}, { password: 'Wrong-1' }],
    ['asks_more', { asks: 'One-time code: ' }, { password: 'Right-1' }],
    ['bad_login', {}, { key: 'no key' }],
  ] as const)('%s is said', async (problem, behaviour, login) => {
    const { text } = await pull('cisco-ios', { ...IOS_DEVICE, ...behaviour }, { login })
    expect(text).toMatchObject({ problem })
    expect(JSON.stringify(text)).not.toContain('Wrong-1')
  })
  test('uses enable where its password was given, and only there', async () => {
    const device: Behaviour = { ...IOS_DEVICE, enable: 'En-1' }
    const without = await pull('cisco-ios', device)
    expect(without.text).toMatchObject({ problem: 'needs_enable' })
    expect(without.device.typed).toEqual([])
    const given = await pull('cisco-ios', device, {
      login: { password: 'Right-1', enable: 'En-1' },
    })
    expect(given.text).toBe(IOS)
  })
})

test.each([
  ['stalled', { cutAfter: { bytes: 70, how: 'stall' } }],
  ['closed', { cutAfter: { bytes: 70, how: 'close' } }],
  ['no_end', { answers: { ...ANSWERS, 'show running-config': 'hostname r1\n! half\n' } }],
  ['no_end', { answers: { ...ANSWERS, 'show running-config': '' } }],
  ['command_refused', { answers: {} }],
  ['no_prompt', { garbage: Buffer.alloc(3000, 0x9b) }],
  ['no_prompt', { prompt: 'Select an option: ' }],
  [
    'too_large',
    { answers: { ...ANSWERS, 'show running-config': `${'! fill\n'.repeat(20_000)}end\n` } },
  ],
] as const)(
  'a device that does not answer as a whole: %s, and nothing is kept',
  async (problem, behaviour) => {
    const { text } = await pull(
      'cisco-ios',
      { ...IOS_DEVICE, ...behaviour },
      { limits: { ...QUICK, mostBytes: 100_000 } },
    )
    expect(text).toBeInstanceOf(PullTrouble)
    expect(text).toMatchObject({ problem })
  },
)

test.each(['utf8', 'latin1'] as const)(
  'what stands in %s comes as it was sent',
  async (encoding) => {
    const config = "hostname r1\ninterface Vlan1\n description Café de l'été\nend\n"
    const { met } = await pull('cisco-ios', {
      ...IOS_DEVICE,
      answers: { ...ANSWERS, 'show running-config': config },
      page: { lines: 2, mark: ' --More-- ', wipe: '\r          \r' },
      ...(encoding === 'utf8' ? {} : { encoding }),
    })
    expect(met).toEqual(Buffer.from(config, encoding))
  },
)

test('what is not there is said', async () => {
  const ask = {
    host: '127.0.0.1',
    port: 1,
    account: 'a',
    login: { password: 'x' },
    platform: platformNamed('junos'),
    hostKey: null,
    limits: QUICK,
  }
  await expect(pullOverSsh(ask)).rejects.toMatchObject({ problem: 'unreachable' })
})

test('a page that was turned leaves no trace: colours, backspaces and returns are gone', () => {
  expect(
    shownText(
      '\u001B[1mone\u001B[0m\r\n --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\btwo\r\n',
    ),
  ).toBe('one\ntwo\n')
})

test('every platform is of reading: no command of its content changes a device', () => {
  const changes =
    /\b(?:configure|conf t|write|copy|set (?!cli |clienv )|delete|erase|reload|commit|save|modify|create|install|request|clear|no |execute)\b/
  for (const { before, show, after } of platforms.values())
    expect([...before, ...show, after ?? ''].filter((command) => changes.test(command))).toEqual([])
})
