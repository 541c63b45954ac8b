// `vigie cases keep | fetch | prove`: files kept as proof, and whether a case is as it was written.

import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { buildCommand } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import { CaseFileSchema, CaseProofSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numbered, numberedWith, numberedWithMany } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { instant, printable } from './output.ts'
import { stationClient } from './station-client.ts'

type KeepFlags = CaseFlags & {
  readonly origin: string
  readonly by: string
  readonly collected?: string
}

const KEEP_FLAGS = {
  ...CASE_FLAGS,
  origin: {
    kind: 'parsed',
    parse: String,
    brief: 'Where it comes from, and how it was taken',
    placeholder: 'text',
    default: '',
  },
  by: {
    kind: 'parsed',
    parse: String,
    brief: 'Who collected it',
    placeholder: 'name',
    default: '',
  },
  collected: {
    kind: 'parsed',
    parse: String,
    brief: 'When it was collected',
    placeholder: 'time',
    optional: true,
  },
} as const

export function keepCommand(words: Words) {
  return buildCommand<KeepFlags, string[], Context>({
    docs: { brief: words.cases.keep },
    parameters: {
      flags: KEEP_FLAGS,
      positional: numberedWithMany('file'),
    },
    async func({ origin, by, collected, ...flags }, number = '', ...files) {
      const client = stationClient(this.process, flags, this.language)
      for (const file of files) {
        if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
        const query = new URLSearchParams({
          case: number,
          name: basename(file),
          origin,
          collectedBy: by,
          ...(collected === undefined ? {} : { collected: instant(collected) }),
        })
        const path = `/api/case-files?${query.toString()}`
        const kept = await client.send(path, createReadStream(file), CaseFileSchema)
        const { name, bytes, sha256 } = kept
        const said = flags.json
          ? JSON.stringify(kept)
          : words.cases.kept(printable(name), bytes, sha256)
        this.process.stdout.write(`${said}\n`)
      }
    },
  })
}

type FetchFlags = CaseFlags & { readonly to: string }

export function fetchCommand(words: Words) {
  return buildCommand<FetchFlags, [number, string], Context>({
    docs: { brief: words.cases.fetch },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        to: { kind: 'parsed', parse: String, brief: 'File to write', placeholder: 'file' },
      },
      positional: numberedWith('id'),
    },
    async func({ to, ...flags }, number, id) {
      const client = stationClient(this.process, flags, this.language)
      const path = `${casePath(number)}/files/${encodeURIComponent(id)}`
      // What stands there already is not overwritten.
      await pipeline(await client.bytes(path), createWriteStream(to, { flags: 'wx', mode: 0o600 }))
    },
  })
}

export function proveCommand(words: Words) {
  return buildCommand<CaseFlags, [number], Context>({
    docs: { brief: words.cases.prove },
    parameters: { flags: CASE_FLAGS, positional: numbered() },
    async func(flags, number) {
      const client = stationClient(this.process, flags, this.language)
      const proof = await client.get(`${casePath(number)}/proof`, CaseProofSchema)
      const { cases: say } = words
      const flaws = proof.flaws.map(({ kind, what }) => `${say.flaws[kind]}: ${printable(what)}`)
      const lines =
        flaws.length > 0
          ? flaws
          : [
              say.proven(proof.acts, proof.files),
              say.witnessed(proof.witnessed),
              say.head(proof.head),
            ]
      this.process.stdout.write(`${flags.json ? JSON.stringify(proof) : lines.join('\n')}\n`)
      Object.assign(this.process, { exitCode: flaws.length > 0 ? EXIT.findings : EXIT.done })
    },
  })
}
