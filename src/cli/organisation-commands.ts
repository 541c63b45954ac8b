// `vigie notices register` and what belongs to it: what an organisation holds and whom to call, at a member and at a hub.

import { existsSync, readFileSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError, reasonOf } from '../core/index.ts'
import { OwnRegistrationSchema, RegisteredListSchema, RegistrationSchema } from '../model/index.ts'
import type { Registration } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

const FILE = {
  kind: 'tuple',
  parameters: [{ brief: 'JSON of a registration', parse: String, placeholder: 'file' }],
} as const
const Done = z.object({})

/** Throws NOTHING_TO_READ, BAD_REQUEST with the place that is wrong. */
function registrationIn(file: string): Registration {
  if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
  try {
    return RegistrationSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const expected = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError('BAD_REQUEST', { met: file, expected }, { cause })
  }
}

export function registerCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.register },
    parameters: { flags: CLIENT_FLAGS, positional: FILE },
    async func(flags, file) {
      const client = stationClient(this.process, flags, this.language)
      await client.post('/api/registration', registrationIn(file), Done)
      this.process.stdout.write(`${say.done}\n`)
    },
  })
}

export function registrationCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags, [], Context>({
    docs: { brief: say.registration },
    parameters: { flags: CLIENT_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const own = await client.get('/api/registration', OwnRegistrationSchema)
      const lines =
        own.registration === null
          ? [say.noRegistration]
          : [
              JSON.stringify(own.registration, null, 2),
              ...own.told.map(({ peer, at, problem }) =>
                printable(`${peer}: ${problem ?? at ?? '–'}`),
              ),
            ]
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

export function organisationsCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags & { readonly json: boolean }, [], Context>({
    docs: { brief: say.organisations },
    parameters: {
      flags: { ...CLIENT_FLAGS, json: { kind: 'boolean', brief: 'Print as JSON', default: false } },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const list = await client.get('/api/organisations', RegisteredListSchema)
      const rows = list.organisations.map((one) => [
        printable(one.name),
        one.id,
        printable(one.enteredBy),
        one.region,
        String(one.contacts.length),
        String(one.holdings.length),
        printable(
          one.holdings
            .filter(({ confirmed }) => confirmed === null)
            .map(({ value }) => value)
            .slice(0, 5)
            .join(' '),
        ),
      ])
      const text = rows.length === 0 ? say.none : table([[...say.organisationColumns], ...rows])
      this.process.stdout.write(`${flags.json ? JSON.stringify(list) : text}\n`)
    },
  })
}

export function enterCommand(words: Words) {
  return buildCommand<ClientFlags & { readonly id?: string }, [string], Context>({
    docs: { brief: words.notices.cli.enter },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        id: {
          kind: 'parsed',
          parse: String,
          brief: 'A member by its name, or an organisation by its id (a new one)',
          placeholder: 'id',
          optional: true,
        },
      },
      positional: FILE,
    },
    async func({ id, ...flags }, file) {
      const client = stationClient(this.process, flags, this.language)
      const body = { registration: registrationIn(file), ...(id === undefined ? {} : { id }) }
      const entered = await client.post('/api/organisations', body, z.object({ id: z.string() }))
      this.process.stdout.write(`${entered.id}\n`)
    },
  })
}

export function confirmCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags & { readonly take: boolean }, [string], Context>({
    docs: { brief: say.confirm },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        take: { kind: 'boolean', brief: 'Take the confirmation back', default: false },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'Id of the organisation', parse: String, placeholder: 'id' }],
      },
    },
    async func({ take, ...flags }, organisation) {
      const client = stationClient(this.process, flags, this.language)
      const body = { organisation, confirmed: !take }
      const { changed } = await client.post(
        '/api/organisations/confirmations',
        body,
        z.object({ changed: z.number() }),
      )
      this.process.stdout.write(`${say.confirmed(changed)}\n`)
    },
  })
}
