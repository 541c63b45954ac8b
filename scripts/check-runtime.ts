// Says so when a script does not run on the Node that the lock file pins: without install scripts it falls back in silence.

import { readFileSync } from 'node:fs'

const manifest: unknown = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)
const pinned = Object(Object(manifest)['dependencies'])['node'] as string
const running = process.version.slice(1)
if (running.split('.')[0] !== pinned.split('.')[0]) {
  process.stderr.write(
    `This is Node ${running}; Vigie is tested on ${pinned}, which comes with “npm ci”. Run “npm ci” again with install scripts allowed, or use Node ${pinned}.\n`,
  )
  process.exitCode = 1
}
