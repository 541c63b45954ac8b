// Pages made from the code: errors and the event's columns. `npm run docs` writes them; a test compares.

import { EVENT_COLUMNS } from '../src/model/index.ts'
import { en } from '../src/words/en.ts'
import { fr } from '../src/words/fr.ts'

/** Shows the parameters' names where a sentence has them. */
const NAMES = new Proxy({}, { get: (_, name) => `{${String(name)}}` })

export function errorsPage(): string {
  const rows = Object.keys(en.errors)
    .toSorted()
    .map((code) => `| \`${code}\` | ${sentence(en.errors, code)} | ${sentence(fr.errors, code)} |`)
  return `# Errors

Every code, with what Vigie says in each language. Made by \`npm run docs\`.

| code | English | French |
|---|---|---|
${rows.join('\n')}
`
}

function sentence(errors: object, code: string): string {
  const say: unknown = Object.entries(errors).find(([key]) => key === code)?.[1]
  return typeof say === 'function' ? String(say(NAMES)).replaceAll('|', '\\|') : ''
}

export function eventPage(): string {
  const rows = EVENT_COLUMNS.map(
    ({ name, type, ocsf, ecs, sigma, meaning }) =>
      `| \`${name}\` | \`${type}\` | ${meaning} | ${ocsf ?? '–'} | ${ecs ?? '–'} | ${sigma?.join(', ') ?? ''} |`,
  )
  return `# The event

One row for each line. Columns are named for OCSF 1.8.0 attributes; \`fields\` holds every field of the line by the vendor's own name, read from
\`raw\` when asked for. Made by \`npm run docs\`.

| column | type | meaning | OCSF | ECS | Sigma fields |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}
