// Every command by its name. Each is loaded when it is called, and all of them only to be listed.

import type { Words } from '../words/index.ts'

const COMMANDS = {
  up: async (words: Words) => (await import('./up-command.ts')).upCommand(words),
  hub: async (words: Words) => (await import('./up-command.ts')).hubCommand(words),
  join: async (words: Words) => (await import('./join-command.ts')).joinCommand(words),
  peers: async (words: Words) => (await import('./peers-command.ts')).peersCommand(words),
  scan: async (words: Words) => (await import('./scan-command.ts')).scanCommand(words),
  exercise: async (words: Words) => (await import('./exercise-command.ts')).exerciseCommand(words),
  audit: async (words: Words) => (await import('./audit-command.ts')).auditCommand(words),
  cases: async (words: Words) => (await import('./cases-command.ts')).casesCommand(words),
  devices: async (words: Words) => (await import('./devices-command.ts')).devicesCommand(words),
  segment: async (words: Words) => (await import('./segment-command.ts')).segmentCommand(words),
  hunt: async (words: Words) => (await import('./hunt-command.ts')).huntCommand(words),
  alerts: async (words: Words) => (await import('./alerts-command.ts')).alertsCommand(words),
  sources: async (words: Words) => (await import('./sources-command.ts')).sourcesCommand(words),
  rules: async (words: Words) => (await import('./rules-command.ts')).rulesCommand(words),
  sensor: async (words: Words) => (await import('./sensor-command.ts')).sensorCommand(words),
  sensors: async (words: Words) => (await import('./sensors-command.ts')).sensorsCommand(words),
  intel: async (words: Words) => (await import('./intel-command.ts')).intelCommand(words),
  evidence: async (words: Words) => (await import('./evidence-command.ts')).evidenceCommand(words),
  share: async (words: Words) => (await import('./share-command.ts')).shareCommand(words),
  notices: async (words: Words) => (await import('./notices-command.ts')).noticesCommand(words),
  campaigns: async (words: Words) =>
    (await import('./campaigns-command.ts')).campaignsCommand(words),
  identity: async (words: Words) => (await import('./identity-command.ts')).identityCommand(words),
  readiness: async (words: Words) =>
    (await import('./readiness-command.ts')).readinessCommand(words),
  cloud: async (words: Words) => (await import('./cloud-command.ts')).cloudCommand(words),
  exposure: async (words: Words) => (await import('./exposure-command.ts')).exposureCommand(words),
  enrich: async (words: Words) => (await import('./enrich-command.ts')).enrichCommand(words),
} as const

/** The command that the first argument names, alone; all of them where it names none. */
export async function commands(words: Words, first: string | undefined) {
  const named = Object.entries(COMMANDS).filter(([name]) => name === first)
  const asked = named.length > 0 ? named : Object.entries(COMMANDS)
  const loaded = asked.map(async ([name, load]) => [name, await load(words)] as const)
  return Object.fromEntries(await Promise.all(loaded))
}
