// `vigie cloud [PROVIDER]`: which providers' logs can be read, and what an account at one of them needs.

import { buildCommand } from '@stricli/core'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { SETTING_FLAGS } from './setting-flags.ts'

type Flags = { readonly data?: string }

export function cloudCommand(words: Words) {
  return buildCommand<Flags, [string?], Context>({
    docs: { brief: words.cli.cloud.brief },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: words.cli.cloud.provider,
            parse: String,
            placeholder: 'provider',
            optional: true,
          },
        ],
      },
      flags: { data: SETTING_FLAGS.data },
    },
    async func(flags, provider) {
      await cloud(this, flags, provider)
    },
  })
}

async function cloud({ process, words, language }: Context, flags: Flags, provider?: string) {
  // Loaded here, so that other commands do not load what is behind it.
  const { draftAccount, listProviders } = await import('../app/sensors/cloud.ts')
  const { data = './data' } = flags
  const say = words.cli.cloud
  if (provider === undefined) {
    const rows = listProviders(data, language).map(({ name, title }) => [name, title])
    process.stdout.write(`${table(rows)}\n${say.how}\n`)
    return
  }
  const { file, text } = draftAccount(provider, data, language)
  process.stdout.write(text)
  process.stderr.write(`${say.save(printable(file))}\n`)
}
