// Imports into real records: what fails leaves everything as it was; 50,000 accounts are judged in time.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isVigieError } from '../core/index.ts'
import { readCheckBook } from './checks/check-book.ts'
import { runChecks } from './checks/run-checks.ts'
import { storeResults } from './checks/store-results.ts'
import { importExport } from './import-export.ts'
import { CONTENT, KNOWLEDGE, NOW_MS, memoryRecords } from './station.test-helper.ts'

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const MANY = 25_000

function users(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    id: `u${at}`,
    userPrincipalName: `${at % 50 === 0 ? 'adm-' : ''}person${at}@town.example`,
    displayName: `Person ${at}`,
    accountEnabled: at % 9 !== 0,
    userType: 'Member',
    createdDateTime: '2024-01-01T00:00:00Z',
    onPremisesImmutableId: at % 100 === 0 ? 'x' : null,
    assignedPlans: [{ capabilityStatus: 'Enabled', service: 'exchange' }],
    signInActivity: {
      lastSignInDateTime: at % 7 === 0 ? '2026-03-01T00:00:00Z' : '2026-11-20T00:00:00Z',
    },
  }))
}

test('a file that is refused changes nothing; the same part replaces, another adds', async () => {
  const records = await memoryRecords()
  const give = (file: string, value: unknown) =>
    importExport(records, KNOWLEDGE, { file, bytes: bytes(value), who: 'test', nowMs: NOW_MS })
  const count = async () =>
    Number(
      (await sql<{ n: string }>`SELECT count(*) AS n FROM identity_accounts`.execute(records))
        .rows[0]?.n,
    )
  await give('users.json', { value: users(3) })
  const broken = {
    value: [...users(2), { id: 'x', userPrincipalName: 'x', createdDateTime: '01/02/2026' }],
  }
  const thrown: unknown = await give('bad.json', broken).catch((cause: unknown) => cause)
  expect(isVigieError(thrown) && thrown.details).toEqual({
    file: 'bad.json',
    place: 'value[2]',
    problem: 'bad_date',
    met: '01/02/2026',
  })
  expect(await count()).toBe(3)
  await give('registrations.json', [
    {
      id: 'u1',
      userPrincipalName: 'person1@town.example',
      isMfaRegistered: true,
      methodsRegistered: ['fido2'],
    },
  ])
  expect(
    await records
      .selectFrom('identity_accounts')
      .select(['id', 'assurance'])
      .orderBy('id')
      .execute(),
  ).toMatchObject([{ assurance: 'unknown' }, { assurance: 'device' }, { assurance: 'unknown' }])
  await give('users.json', { value: users(2) })
  expect(await count()).toBe(2)
  await records.destroy()
})

// Half of them in each of two directories.
test('50,000 accounts of two directories by all checks within ten seconds of processor time', async () => {
  const records = await memoryRecords()
  const give = (file: string, value: unknown) =>
    importExport(records, KNOWLEDGE, { file, bytes: bytes(value), who: 'test', nowMs: NOW_MS })
  const begun = performance.now()
  await give('users.json', { value: users(MANY) })
  await give(
    'registrations.json',
    users(MANY).map(({ id, userPrincipalName }, at) => ({
      id,
      userPrincipalName,
      isMfaRegistered: at % 3 > 0,
      methodsRegistered:
        at % 3 === 0
          ? []
          : at % 3 === 1
            ? ['fido2']
            : ['mobilePhone', 'microsoftAuthenticatorPush'],
    })),
  )
  await give(
    'roles.json',
    Array.from({ length: 500 }, (_, at) => ({
      id: `r${at}`,
      principalId: `u${at * 100}`,
      roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
      directoryScopeId: '/',
    })),
  )
  const ldif = Array.from(
    { length: MANY },
    (_, at) =>
      `dn: CN=p${at},DC=t\nobjectClass: user\nsAMAccountName: ${at % 40 === 0 ? 'svc-' : ''}person${at}\nuserAccountControl: ${at % 11 === 0 ? 4260352 : 512}\npwdLastSet: 133000000000000000\nlastLogonTimestamp: 134000000000000000\n${at % 40 === 0 ? `servicePrincipalName: http/s${at}\n` : ''}${at % 500 === 0 ? 'memberOf: CN=Domain Admins,DC=t\n' : ''}`,
  ).join('\n')
  await importExport(records, KNOWLEDGE, {
    file: 'ad.ldif',
    bytes: new TextEncoder().encode(ldif),
    who: 'test',
    nowMs: NOW_MS,
  })
  const imported = performance.now()
  const cpu = process.cpuUsage()
  const results = await runChecks(records, readCheckBook(CONTENT), NOW_MS)
  await storeResults(records, results, NOW_MS)
  const seconds = (performance.now() - imported) / 1000
  const used = process.cpuUsage(cpu)
  console.info(
    `import ${((imported - begun) / 1000).toFixed(1)} s; checks ${seconds.toFixed(1)} s wall, ${((used.user + used.system) / 1e6).toFixed(1)} s CPU`,
  )
  const of = (id: string) => results.find(({ check }) => check.id === id)
  expect(of('I01')).toMatchObject({ verdict: 'fail' })
  expect(of('I40')?.found).toBe(Math.ceil(MANY / 11))
  expect((used.user + used.system) / 1e6).toBeLessThan(10)
  await records.destroy()
})
