import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import {
  HAS_REFERENCE,
  REFERENCE,
  configurations,
  door,
  referenceJson,
} from '../reference.test-helper.ts'
import { readText, splitLines } from '../tree/read-text.ts'
import { fingerprintWith } from './fingerprint.ts'
import { redact } from './redact.ts'

const lines = (text: string) => redact(text.split('\n'), door).lines.join('\n')
const SECRET = 'Tr0ub4dor-x9'

/** One planted secret for each way a make writes one; `@` is where it stands. */
const PLANTED: readonly (readonly [string, string])[] = [
  ['cisco-ios', 'username a privilege 15 secret 9 @'],
  ['cisco-ios', 'username a password 0 @ with blanks'],
  ['cisco-ios', 'enable password @'],
  ['cisco-ios', 'snmp-server community @ RO 5'],
  ['cisco-ios', 'snmp-server host 10.0.0.1 version 2c @ config'],
  ['cisco-ios', 'tacacs server T\n address ipv4 10.0.0.1\n key 7 @'],
  ['cisco-ios', 'key chain K\n key 1\n  key-string 7 @'],
  ['cisco-ios', 'crypto isakmp key @ address 10.0.0.1'],
  ['cisco-ios', 'router bgp 1\n neighbor 10.0.0.2 password 7 @'],
  ['cisco-ios', 'archive\n path ftp://u:@@10.0.0.1/x'],
  ['cisco-xr', 'username a\n secret 10 @\n!'],
  ['cisco-nxos', 'snmp-server user a network-admin auth md5 @ priv @ localizedkey'],
  ['cisco-asa', 'aaa-server T (inside) host 10.0.0.1\n key @'],
  [
    'cisco-asa',
    'tunnel-group 10.0.0.1 ipsec-attributes\n ikev2 remote-authentication pre-shared-key @',
  ],
  ['arista-eos', 'router bgp 1\n   neighbor P password 7 @'],
  ['junos', 'set system root-authentication encrypted-password "@"'],
  ['junos', 'snmp {\n    community @ {\n        authorization read-only;\n    }\n}'],
  ['junos', 'set system tacplus-server 10.0.0.1 secret "@"; ## SECRET-DATA'],
  ['fortios', 'config system snmp community\n    edit 1\n        set name "@"\n    next\nend'],
  ['fortios', 'config user local\n    edit "a"\n        set passwd ENC @\n    next\nend'],
  [
    'fortios',
    'config vpn ipsec phase1-interface\n    edit "a"\n        set psksecret @\n    next\nend',
  ],
  ['panos', 'set mgt-config users a phash @'],
  ['panos', '<entry name="a">\n<phash>@</phash>\n</entry>'],
  ['checkpoint-gaia', 'set user a password-hash @'],
  ['checkpoint-gaia', 'set snmp community @ read-only'],
  ['pfsense', '<phase1>\n<pre-shared-key><![CDATA[@]]></pre-shared-key>\n</phase1>'],
  ['opnsense', '<user>\n<otp_seed>@</otp_seed>\n</user>'],
  ['routeros', '/ppp secret\nadd name=a password=@ service=l2tp'],
  ['routeros', '/interface wireless security-profiles\nset 0 wpa2-pre-shared-key="@"'],
  ['vyos', "set vpn ipsec site-to-site peer x authentication pre-shared-secret '@'"],
  ['vyos', "set interfaces wireguard wg0 private-key '@'"],
  ['f5-bigip', 'auth radius-server s {\n    secret @\n}'],
  ['aruba-aoscx', 'user a group administrators password ciphertext @'],
  ['hp-comware', 'local-user a class manage\n password hash @'],
  ['ubiquiti-edgeswitch', 'snmp-server community "@" ro'],
]

test.each(PLANTED)('%s: nothing is left of a secret in %j', (_, template) => {
  const redacted = lines(template.replaceAll('@@', `${SECRET}@`).replaceAll(/@(?!10)/g, SECRET))
  expect(redacted).not.toContain(SECRET)
  expect(redacted.split('\n')).toHaveLength(template.split('\n').length)
})

test('the rest of the line stays readable', () => {
  expect(lines(`username ops privilege 15 secret 9 ${SECRET}`)).toMatch(
    /^username ops privilege 15 secret 9 ⟦password:[0-9a-f]{16}⟧$/,
  )
  expect(lines(`snmp-server host 10.0.0.1 vrf M informs version 2c ${SECRET} config`)).toMatch(
    /^snmp-server host 10.0.0.1 vrf M informs version 2c ⟦community:[0-9a-f]{16}⟧ config$/,
  )
})

test('the same secret gives the same fingerprint, another another, another key another again', () => {
  const of = (secret: string, key: number) =>
    redact([`enable secret 9 ${secret}`], {
      ...door,
      fingerprint: fingerprintWith(Buffer.alloc(32, key)),
    }).lines[0]
  expect(of('aaaa', 1)).toBe(of('aaaa', 1))
  expect(of('aaaa', 1)).not.toBe(of('bbbb', 1))
  expect(of('aaaa', 1)).not.toBe(of('aaaa', 2))
})

test('what is written anew with every export says nothing about change, and says so', () => {
  const one = redact(['    set password ENC AAAA1111=='], door)
  expect(one.lines).toEqual(redact(['    set password ENC BBBB2222=='], door).lines)
  expect(one.notAttestable).toEqual([1])
})

test('a private key goes, a certificate and a public key stay', () => {
  const text =
    'set private-key "-----BEGIN PRIVATE KEY-----\nMIIE\nabcd\n-----END PRIVATE KEY-----"\nset certificate "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"\nusername a ssh-key ssh-rsa AAAAB3NzaC1yc2E x'
  const redacted = lines(text)
  expect(redacted).not.toMatch(/MIIE|abcd/)
  expect(redacted).toContain('MIIC')
  expect(redacted).toContain('AAAAB3NzaC1yc2E')
  expect(redacted.split('\n')).toHaveLength(8)
})

test('a secret that RouterOS splits over two lines is gone from both', () => {
  expect(lines(`/ppp secret\nadd name=a password=Tr0ub4\\\n    dor-x9 service=l2tp`)).not.toMatch(
    /Tr0ub4|dor-x9/,
  )
})

test('what anybody tries first is marked so, without saying it', () => {
  expect(lines('snmp-server community public RO')).toMatch(
    /⟦community\.guessable:[0-9a-f]{16}⟧ RO$/,
  )
})

test('settings about secrets are none', () => {
  for (const line of [
    'service password-encryption',
    'no password strength-check',
    'set system login password maximum-lifetime 5',
    'crypto key generate rsa',
    'aaa authentication login default local',
    'ip ssh pubkey-chain',
  ])
    expect(lines(line)).toBe(line)
})

test('redacting twice changes nothing', () => {
  for (const [, template] of PLANTED) {
    const once = lines(template.replaceAll('@', SECRET))
    expect(lines(once)).toBe(once)
  }
})

test('random secrets in every place leave nothing', () => {
  let seed = 3
  const characters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-./:=?_'
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  for (let round = 0; round < 40; round += 1) {
    const secret = `q${Array.from({ length: 8 + chance(24) }, () => characters[chance(characters.length)]).join('')}Z7`
    for (const [make, template] of PLANTED) {
      if (template.includes('@@')) continue
      expect({
        make,
        secret,
        template,
        left: lines(template.replaceAll('@', secret)).includes(secret),
      }).toMatchObject({ left: false })
    }
  }
})

const VectorsSchema = z.array(
  z.object({ template: z.string(), secret: z.union([z.string(), z.array(z.string())]) }),
)

describe.skipIf(!HAS_REFERENCE)('public secret vectors', () => {
  test('all 55 leave nothing', () => {
    const left = VectorsSchema.parse(referenceJson('oracles/secret_vectors.json')).filter(
      ({ template, secret }) => {
        const [first = ''] = [secret].flat()
        const whole = template.includes('{') ? template : `${template}{}`
        return lines(whole.replaceAll('{}', first).replaceAll('{0}', first)).includes(first)
      },
    )
    expect(left).toEqual([])
  })

  test('none of the secrets of 31 collected devices is left', () => {
    const folder = join(REFERENCE, 'oxidized')
    const left: string[] = []
    for (const model of readdirSync(folder)) {
      for (const device of readdirSync(join(folder, model))) {
        const at = join(folder, model, device)
        if (!readdirSync(at).includes('secret.yaml')) continue
        const { fail } = z
          .object({ fail: z.array(z.string()) })
          .parse(yamlValue(readFileSync(join(at, 'secret.yaml'), 'utf8')))
        const redacted = redact(
          splitLines(readFileSync(join(at, 'output.txt'), 'utf8')),
          door,
        ).lines
        for (const secret of fail) left.push(...redacted.filter((line) => line.includes(secret)))
      }
    }
    expect(left).toEqual([])
  })

  test('no known form of a secret is left in any configuration, and no line is gone', () => {
    const KNOWN =
      /-----BEGIN [A-Z ]*PRIVATE KEY|\$(?:1|5|6|8|9|14|2y|2b|sha512)\$\w|\bENC [A-Za-z0-9+/=]{8}|-AQ==\w/
    for (const path of configurations()) {
      const text = readText(readFileSync(path))
      if (!text.ok) continue
      const source = splitLines(text.text)
      const redacted = redact(source, door).lines
      expect({ path, lines: redacted.length }).toEqual({ path, lines: source.length })
      expect({ path, left: redacted.filter((line) => KNOWN.test(line)) }).toEqual({
        path,
        left: [],
      })
    }
  })
})

test('a line too long to be looked through loses what may be the rest of a secret', () => {
  const redacted = lines(
    `username a privilege 15 secret 9 ${SECRET}${'A'.repeat(9000)}${SECRET} ${SECRET}`,
  )
  expect(redacted).not.toContain('AAAA')
  expect(redacted).not.toContain(SECRET)
  expect(redacted).toMatch(/^username a privilege 15 secret 9 ⟦/)
})
