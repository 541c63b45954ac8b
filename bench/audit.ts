// One configuration of 39,000 lines into a tree, and the nightly round of a fleet: read, compare, check. Prints JSON.
// Argument: devices of the round.

import { join } from 'node:path'
import {
  auditDevice,
  fingerprintWith,
  readChecks,
  readConfig,
  readDialects,
  readSecretRules,
} from '../src/audit/index.ts'
import { buildTree } from '../src/audit/tree/build-tree.ts'
import { splitLines } from '../src/audit/tree/read-text.ts'

const CONTENT = join(import.meta.dirname, '../content')
const tools = {
  dialects: readDialects(join(CONTENT, 'dialects')),
  door: {
    rules: readSecretRules(join(CONTENT, 'secrets.yml')),
    fingerprint: fingerprintWith(Buffer.alloc(32, 1)),
  },
}
const checks = readChecks(join(CONTENT, 'checks'))
const ios = tools.dialects.find(({ name }) => name === 'cisco-ios')

/** A router with as many lines, a little different at each turn. */
function router(lines: number, turn: number): string {
  const out = [
    `! Last configuration change at 02:00:${turn % 60} UTC by ops`,
    'version 17.9',
    'hostname r1',
  ]
  for (let at = 0; out.length < lines; at += 1) {
    out.push(
      '!',
      `interface GigabitEthernet1/${at}`,
      ` description link ${at}${turn % 7 === at ? ' moved' : ''}`,
      ` ip address 10.${at % 250}.${at % 200}.1 255.255.255.0`,
      ' ip access-group 101 in',
      ' no shutdown',
      `access-list 101 permit tcp any host 10.0.0.${at % 250} eq ${at}`,
      `snmp-server host 10.1.0.${at % 250} version 2c secret${at}`,
      `ip route 10.${at % 250}.0.0 255.255.0.0 10.0.0.${at % 200}`,
    )
  }
  return `${out.join('\n')}\nend\n`
}

function cpuMs(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const median = (figures: readonly number[]) =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0

const large = router(39_000, 0)
const treeMs = median(
  Array.from({ length: 15 }, () => cpuMs(() => void buildTree(splitLines(large), 'indent', ios))),
)

const devices = Number(process.argv[2] ?? 200)
const MEDIAN_LINES = 2000

const tonight = Array.from({ length: devices }, (_, turn) =>
  Buffer.from(router(MEDIAN_LINES, turn)),
)
const roundMs = cpuMs(() => {
  for (const bytes of tonight) {
    // The version before is read from the store as well.
    const before = readConfig(Buffer.from(router(MEDIAN_LINES, 0)), tools)
    const now = readConfig(bytes, tools)
    if (now.ok && before.ok)
      auditDevice({ source: 'r', now: now.config, before: before.config }, checks)
  }
})
process.stdout.write(`${JSON.stringify({ treeMs, deviceMs: roundMs / devices })}\n`)
