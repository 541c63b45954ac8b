#!/usr/bin/env node
// Starts Vigie on the Node that the lock file pins, whatever the machine has.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const runtime = existsSync(pinned) ? pinned : process.execPath
// Compiling the records database (WebAssembly) a second time for speed takes 500 MiB for a while; nobody waits for it.
const flags = ['--liftoff-only']
// Each statement that runs in the embedded engine has a thread of this pool, and files need some too.
const env = { UV_THREADPOOL_SIZE: '16', ...process.env }
const child = spawn(runtime, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit', env })
// A terminal's Ctrl-C reaches both: this one waits for the other. What is sent to this one alone is passed on.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (status, signal) => {
  process.exitCode = signal === 'SIGINT' ? 130 : (status ?? 1)
})
