// `vigie cloud`: which providers' logs can be read, and the file that describes an account at one of them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { readCollectors } from '../../collect/cloud/index.ts'
import type { Collector } from '../../collect/cloud/index.ts'
import { VigieError, dataFolders } from '../../core/index.ts'
import type { Language } from '../../words/index.ts'
import { CONTENT } from '../content.ts'

export type Provider = { readonly name: string; readonly title: string }

/** Those that come with Vigie, and those in the data folder. Throws CONTENT_INVALID for a file that cannot be used. */
export function listProviders(data: string, language: Language): readonly Provider[] {
  return collectorsOf(data).map(({ name, title }) => ({ name, title: title[language] }))
}

export type AccountDraft = {
  /** Where the file belongs. */
  readonly file: string
  readonly text: string
}

/** An account file with what must be filled in. Throws BAD_REQUEST with those there are. */
export function draftAccount(name: string, data: string, language: Language): AccountDraft {
  const collector = collectorsOf(data).find((one) => one.name === name)
  if (collector === undefined) {
    const expected = collectorsOf(data)
      .map((one) => one.name)
      .join(', ')
    throw new VigieError('BAD_REQUEST', { met: name, expected })
  }
  return {
    file: join(dataFolders(data).cloud, `${name}.yml`),
    text: draftOf(collector, language),
  }
}

/** The person is here: a file that cannot be used is theirs to mend. */
function raise(cause: unknown): never {
  throw cause
}

function collectorsOf(data: string): readonly Collector[] {
  const { collectors: own } = dataFolders(data)
  return [CONTENT.collectors, ...(existsSync(own) ? [own] : [])].flatMap((folder) =>
    readCollectors(folder, raise),
  )
}

function draftOf(
  { name, title, references, settings, secrets, streams, on_request: asked }: Collector,
  language: Language,
): string {
  const about = (text: string) => `  # ${text}`
  const optional = Object.keys(streams).filter((one) => asked.includes(one))
  return [
    `# ${title[language]}`,
    ...references.map((address) => `# ${address}`),
    `collector: ${name}`,
    'settings:',
    ...Object.entries(settings).flatMap(([key, setting]) => [
      about(setting.about[language]),
      setting.default === undefined ? `  ${key}: ` : `  # ${key}: ${oneLine(setting.default)}`,
    ]),
    ...(Object.keys(secrets).length === 0 ? [] : ['secrets:']),
    ...Object.entries(secrets).flatMap(([key, text]) => [
      about(text[language]),
      `  ${key}: { file: /run/secrets/${name}-${key} }`,
    ]),
    `# streams: [${Object.keys(streams)
      .filter((one) => !asked.includes(one))
      .join(', ')}]${optional.length === 0 ? '' : `  # + ${optional.join(', ')}`}`,
    '# since: 2026-01-01T00:00:00Z',
    '',
  ].join('\n')
}

function oneLine(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd()
}
