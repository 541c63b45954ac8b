// What `sensor-engines.test.ts` runs: a sensor as the command line starts it, with every module it loads written down.
// Prints them when told to stop.

import { registerHooks } from 'node:module'

const loaded: string[] = []
registerHooks({
  load: (url, context, next) => {
    loaded.push(url)
    return next(url, context)
  },
})
const { runCommand } = await import('../src/cli/run-command.ts')
process.once('SIGTERM', () => {
  process.stdout.write(`\n${JSON.stringify(loaded)}\n`)
})
process.exitCode = await runCommand(process.argv.slice(2), process)
process.exit()
