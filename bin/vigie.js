#!/usr/bin/env node
// Starts Vigie on the Node that the lock file pins, whatever the machine has.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
/** What was compiled at the last start is kept: half of the time it takes to begin. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/vigie-compiled', import.meta.url))
const runtime = existsSync(pinned) ? pinned : process.execPath
const { flags, env } = process.argv[2] === 'sensor' ? ofSensor() : ofStation()
// Where a program can give its place to another, nothing of this one stays in memory.
if (process.execve !== undefined && process.argv[2] === 'sensor') {
  process.execve(runtime, [runtime, ...flags, main, ...process.argv.slice(2)], env)
}
const child = spawn(runtime, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit', env })
// A terminal's Ctrl-C reaches both: this one waits for the other. What is sent to this one alone is passed on.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (status, signal) => {
  process.exitCode = signal === 'SIGINT' ? 130 : (status ?? 1)
})

function ofStation() {
  return {
    // Compiling the records database (WebAssembly) a second time for speed takes 500 MiB for a while; nobody waits for it.
    flags: ['--liftoff-only'],
    // Each statement that runs in the embedded engine has a thread of this pool, and files need some too.
    env: { UV_THREADPOOL_SIZE: '16', NODE_COMPILE_CACHE: compiled, ...process.env },
  }
}

/** Small machines: memory before speed. */
function ofSensor() {
  return {
    flags: ['--max-semi-space-size=1', '--v8-pool-size=1', '--optimize-for-size'],
    // Large buffers of glibc go back to the system when they are freed.
    env: {
      NODE_COMPILE_CACHE: compiled,
      MALLOC_ARENA_MAX: '1',
      MALLOC_MMAP_THRESHOLD_: '131072',
      MALLOC_TRIM_THRESHOLD_: '131072',
      ...process.env,
    },
  }
}
