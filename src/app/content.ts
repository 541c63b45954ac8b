// Where what comes with Vigie lies. Loads nothing, so that a sensor and a command may ask too.

import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
export const CONTENT = {
  parsers: join(ROOT, 'content/parsers'),
  rules: join(ROOT, 'content/rules'),
  logsources: join(ROOT, 'content/logsources.yml'),
  tactics: join(ROOT, 'content/attack-tactics.yml'),
  warnings: join(ROOT, 'content/warninglists'),
  analytics: join(ROOT, 'content/analytics'),
  networkKinds: join(ROOT, 'content/networks/kinds.yml'),
  collectors: join(ROOT, 'content/collectors'),
  dialects: join(ROOT, 'content/dialects'),
  checks: join(ROOT, 'content/checks'),
  pulls: join(ROOT, 'content/pulls'),
  acts: join(ROOT, 'content/acts'),
  secrets: join(ROOT, 'content/secrets.yml'),
  priority: join(ROOT, 'content/priority'),
  identity: join(ROOT, 'content/identity'),
  playbooks: join(ROOT, 'content/playbooks'),
  goals: join(ROOT, 'content/goals'),
  holidays: join(ROOT, 'content/holidays.yml'),
  otServices: join(ROOT, 'content/ot-services.yml'),
} as const
export const CONSOLE = join(ROOT, 'dist/console')
