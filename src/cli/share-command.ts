// `vigie share`: checks of STIX files and patterns without a station; the rest asks a running one.

import { buildCommand, buildRouteMap } from '@stricli/core'
import type { Words } from '../words/index.ts'
import { blindCommand } from './blind-command.ts'
import { consentCommand } from './consent-command.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { mispCommand } from './misp-command.ts'
import { printable, table } from './output.ts'
import { reportsCommand } from './report-up-command.ts'
import { contentCommand } from './share-content-command.ts'
import {
  approveCommand,
  one,
  outboxCommand,
  previewCommand,
  publishCommand,
  receivedCommand,
  seenCommand,
  traceCommand,
  withdrawCommand,
} from './share-station-command.ts'
import { thresholdCommand } from './threshold-command.ts'

export function shareCommand(words: Words) {
  return buildRouteMap({
    routes: {
      check: checkCommand(words),
      pattern: patternCommand(words),
      publish: publishCommand(words),
      withdraw: withdrawCommand(words),
      preview: previewCommand(words),
      outbox: outboxCommand(words),
      approve: approveCommand(words),
      received: receivedCommand(words),
      content: contentCommand(words),
      seen: seenCommand(words),
      trace: traceCommand(words),
      consent: consentCommand(words),
      blind: blindCommand(words),
      reports: reportsCommand(words),
      threshold: thresholdCommand(words),
      misp: mispCommand(words),
    },
    docs: { brief: words.share.brief },
  })
}

type CheckFlags = { readonly json: boolean }

function checkCommand(words: Words) {
  const say = words.share.check
  return buildCommand<CheckFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: { json: { kind: 'boolean', brief: 'Print as JSON', default: false } },
      positional: one('file'),
    },
    async func({ json }, file) {
      const { checkStixFile } = await import('../app/sharing/share.ts')
      const checked = checkStixFile(file)
      const { usable, problems } = checked
      const rows = problems.map(({ severity, code, place, sentence }) =>
        [say[severity], code, place, sentence].map(printable),
      )
      const told = [...(rows.length === 0 ? [] : [table(rows)]), say.usable(usable)].join('\n')
      this.process.stdout.write(`${json ? JSON.stringify(checked) : told}\n`)
      const isSound = problems.every(({ severity }) => severity === 'advice')
      Object.assign(this.process, { exitCode: isSound ? EXIT.done : EXIT.findings })
    },
  })
}

function patternCommand(words: Words) {
  return buildCommand<object, [string], Context>({
    docs: { brief: words.share.pattern.brief },
    parameters: { flags: {}, positional: one('pattern') },
    async func(_, pattern) {
      const { explainPattern } = await import('../app/sharing/share.ts')
      this.process.stdout.write(`${explainPattern(pattern)}\n`)
    },
  })
}
