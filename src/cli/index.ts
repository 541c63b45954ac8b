// In: a command line. Out: what a person or a script reads, and an exit code.
// Every command that speaks to a running station is a client of its HTTP API.
// Never: holds domain logic.

export { runCommand } from './run-command.ts'
