// The program. Exit codes: `exit-codes.ts`.

import { runCommand } from './run-command.ts'

process.exitCode = await runCommand(process.argv.slice(2), process)
// A pipe that closed early (`| head`) is not an error of ours.
process.stdout.on('error', () => process.exit())
