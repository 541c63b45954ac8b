// A station's identities and readiness by its real commands: an export in, verdicts and goals out.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { runCommand } from '../src/cli/run-command.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { IdentitySchema, ReadinessSchema } from '../src/model/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-identity-'))
let station: RunningStation
const notes: string[] = []

beforeAll(async () => {
  const settings = readSettings(
    {
      data: folder,
      consolePort: '0',
      syslogPort: '0',
      syslogTlsPort: '0',
      httpPort: '0',
      flowPort: '0',
    },
    {},
  )
  station = await startStation({
    settings,
    clock: systemClock,
    onNote: (note) => notes.push(note),
    onTrouble: () => undefined,
  })
})
afterAll(async () => {
  await station.close()
  rmSync(folder, { recursive: true, force: true })
})

async function vigie(...inputs: readonly string[]) {
  const out: string[] = []
  const stream = (into: string[]) => ({
    isTTY: false,
    write: (text: string) => into.push(text) > 0,
  })
  const process = {
    stdout: stream(out),
    stderr: stream(out),
    env: { VIGIE_URL: station.console, VIGIE_DATA: folder },
    on: () => undefined,
    off: () => undefined,
  }
  const code = await runCommand(inputs, process as never)
  return { code, text: out.join('') }
}

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('an export is imported, checked, and a file that is refused changes nothing', async () => {
  const users = [
    {
      id: 'u1',
      userPrincipalName: 'ann@town.example',
      accountEnabled: true,
      userType: 'Guest',
      onPremisesImmutableId: 'x',
    },
    {
      id: 'u2',
      userPrincipalName: 'bob@town.example',
      accountEnabled: true,
      userType: 'Member',
      onPremisesImmutableId: null,
    },
  ]
  const roles = [
    {
      id: 'r',
      principalId: 'u1',
      roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
      directoryScopeId: '/',
    },
  ]
  const made = await vigie(
    'identity',
    'import',
    file('users.json', JSON.stringify({ value: users })),
    file('roles.json', JSON.stringify({ value: roles })),
  )
  expect(made).toMatchObject({
    code: 0,
    text: expect.stringContaining('users.json: 2 rows of users in entra.'),
  })
  const shown = await vigie('identity', '--json')
  const view = IdentitySchema.parse(JSON.parse(shown.text))
  expect(view.accounts).toBe(2)
  expect(view.checks.find(({ id }) => id === 'I29')).toMatchObject({ verdict: 'fail', found: 1 })
  expect(view.checks.find(({ id }) => id === 'I01')).toMatchObject({ verdict: 'not_assessable' })
  const refused = await vigie(
    'identity',
    'import',
    file('bad.json', '{"value": [{"id": "u1"'),
    '--source',
    'entra',
  )
  expect(refused.code).toBe(1)
  expect(refused.text).toContain('line 1:23')
  expect(refused.text).toContain('Nothing of this file was imported')
  expect(IdentitySchema.parse(JSON.parse((await vigie('identity', '--json')).text)).accounts).toBe(
    2,
  )
  expect((await vigie('identity')).code).toBe(3)
  expect((await vigie('identity', 'critical')).text).toContain('ann@town.example')
  expect(await vigie('identity', 'state', 'service_desk', '--by', 'A. Roy')).toMatchObject({
    code: 0,
  })
  expect(
    IdentitySchema.parse(JSON.parse((await vigie('identity', '--json')).text)).checks.find(
      ({ id }) => id === 'I18',
    )?.verdict,
  ).toBe('pass')
})

test('says what to hand in next; whom no list of factors names is not known, and passes nothing', async () => {
  const next = await vigie('identity', 'next')
  expect(next.text).toMatch(/reports\/authenticationMethods\/userRegistrationDetails/)
  expect(next.text).toContain('I05 ')
  const registration = {
    id: 'u1',
    userPrincipalName: 'ann@town.example',
    isMfaRegistered: true,
    isAdmin: true,
    methodsRegistered: ['passKeyDeviceBound'],
  }
  const give = (...value: readonly object[]) =>
    vigie('identity', 'import', file('registrations.json', JSON.stringify({ value })))
  await give(registration)
  const checks = async () =>
    new Map(
      IdentitySchema.parse(JSON.parse((await vigie('identity', '--json')).text)).checks.map(
        (one) => [one.id, one],
      ),
    )
  const partly = await checks()
  expect(partly.get('I01')).toMatchObject({ verdict: 'pass' })
  expect(partly.get('I05')).toMatchObject({
    verdict: 'not_assessable',
    rows: [{ login: 'bob@town.example' }],
    missing: [{ field: 'factor|account.mfa' }],
  })
  const bob = { ...registration, id: 'u2', userPrincipalName: 'bob@town.example', isAdmin: false }
  await give(registration, bob)
  expect((await checks()).get('I05')).toMatchObject({ verdict: 'pass', lacking: [] })
  // A second directory without factors: the verdict of the first says nothing of it.
  const ad = [
    'dn: CN=Cleo,DC=town,DC=example',
    'objectClass: user',
    'sAMAccountName: cleo',
    'userAccountControl: 512',
    '',
  ]
  await vigie('identity', 'import', file('ad.ldif', ad.join('\n')), '--source', 'town-ad')
  expect((await checks()).get('I05')).toMatchObject({
    verdict: 'pass',
    sources: ['entra'],
    lacking: [{ source: 'town-ad' }],
  })
})

test('readiness shows 36 goals from evidence, and reports in both languages', async () => {
  const { intake } = station.core.wayIn
  const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  const day = new Date(Date.now() - 3_600_000).toISOString()
  for (const [source, port] of [
    ['45.9.148.7', 3389],
    ['10.0.0.4', 502],
  ]) {
    const line = Buffer.from(
      `<134>date=${day.slice(0, 10)} time=${day.slice(11, 19)} tz="+0000" devname="FGT" devid="F1" logid="0000000013" type="traffic" subtype="forward" srcip=${source} srcport=40000 dstip=10.1.2.3 dstport=${port} action="accept"`,
    )
    intake.write(from, line, 0, line.length)
  }
  await station.core.wayIn.settled()
  const shown = await vigie('readiness', '--json')
  expect(shown.code).toBe(0)
  const made = ReadinessSchema.parse(JSON.parse(shown.text))
  expect(made.goals).toHaveLength(36)
  const goal = (key: string) => made.goals.find(({ goal: { key: own } }) => own === key)
  expect(goal('separate-privileged-accounts')?.criteria[0]).toMatchObject({ basis: 'evidence' })
  expect(goal('relevant-threats')?.criteria[0]).toMatchObject({ basis: 'evidence' })
  expect(goal('no-exploitable-services')).toMatchObject({ state: 'not_met' })
  expect(goal('log-collection')?.criteria[0]).toMatchObject({ state: 'partly', basis: 'evidence' })
  expect(made.logs.find(({ key }) => key === 'edge')).toMatchObject({
    state: 'arrives',
    parsers: ['fortigate'],
  })
  expect(notes).toEqual([])
  expect((await vigie('readiness')).text).toContain('of 100')
  expect((await vigie('readiness', 'members')).text).toContain('No hub joined')
  const out = join(folder, 'report.html')
  expect((await vigie('readiness', 'report', '--language', 'fr', '--out', out)).code).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain('lang="fr-CA"')
  expect((await vigie('readiness', 'report', '--oscal')).text).toContain('assessment-results')
  expect((await vigie('readiness', 'report', '--contacts')).text).toContain('1-833-292-3788')
})

test('a plan goes out to be filled in, comes in as a file, and says what it lacks; a file that is wrong says where', async () => {
  const out = join(folder, 'plan.json')
  const given = await vigie('readiness', 'plan', 'file', 'response', '--template', '--out', out)
  expect(given.code).toBe(0)
  const plan = JSON.parse(readFileSync(out, 'utf8'))
  expect(plan).toMatchObject({ contacts: [{ kind: 'lead' }, {}, {}, {}], scenarios: [{}] })
  const kept = await vigie('readiness', 'plan', 'keep', 'response', out)
  expect([kept.code, kept.text]).toEqual([3, expect.stringContaining('Nobody approved it.')])
  const today = new Date().toISOString().slice(0, 10)
  const whole = {
    ...plan,
    approvedBy: 'Council',
    approved: today,
    offlineCopy: 'Safe of the town hall',
    contacts: plan.contacts.map((one: object) => ({ ...one, phone: '555-0100', tested: today })),
    exercises: [{ on: today, kind: 'tabletop', scenario: 'A gate is taken over' }],
  }
  // A mark of UTF-8, as editors of Windows write it.
  const good = file('whole.json', `\uFEFF${JSON.stringify(whole)}`)
  const done = await vigie('readiness', 'plan', 'keep', 'response', good)
  expect([done.code, done.text.trim().split('\n')]).toEqual([
    0,
    [expect.stringMatching(/^Incident/)],
  ])
  const wrong = file('wrong.json', JSON.stringify({ ...whole, exercises: [{ on: '03/04/2026' }] }))
  expect(await vigie('readiness', 'plan', 'keep', 'response', wrong)).toMatchObject({
    code: 1,
    text: expect.stringMatching(/wrong\.json.*exercises\.0\.on/s),
  })
  expect((await vigie('readiness', 'plan', 'keep', 'holiday', good)).text).toContain('continuity')
  expect((await vigie('readiness', 'plan', 'file', 'response')).text).toContain('Safe of the town')
})
