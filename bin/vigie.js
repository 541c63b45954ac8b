#!/usr/bin/env node
// Starts Vigie on the Node that the lock file pins, whatever the machine has.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const runtime = existsSync(pinned) ? pinned : process.execPath
const { status, signal } = spawnSync(runtime, [main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = signal === 'SIGINT' ? 130 : (status ?? 1)
