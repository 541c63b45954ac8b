// The commands, and what a failure looks like: a sentence on stderr and an exit code.

import { buildApplication, buildRouteMap, run, text_en } from '@stricli/core'
import { VERSION } from '../app-version.ts'
import { describeError } from '../words/index.ts'
import { alertsCommand } from './alerts-command.ts'
import { auditCommand } from './audit-command.ts'
import { casesCommand } from './cases-command.ts'
import { cloudCommand } from './cloud-command.ts'
import { contextOf } from './context.ts'
import type { CliProcess, Context } from './context.ts'
import { devicesCommand } from './devices-command.ts'
import { enrichCommand } from './enrich-command.ts'
import { evidenceCommand } from './evidence-command.ts'
import { exerciseCommand } from './exercise-command.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { exposureCommand } from './exposure-command.ts'
import { stricliFrench } from './french.ts'
import { huntCommand } from './hunt-command.ts'
import { identityCommand } from './identity-command.ts'
import { intelCommand } from './intel-command.ts'
import { joinCommand } from './join-command.ts'
import { peersCommand } from './peers-command.ts'
import { readinessCommand } from './readiness-command.ts'
import { rulesCommand } from './rules-command.ts'
import { scanCommand } from './scan-command.ts'
import { segmentCommand } from './segment-command.ts'
import { sensorCommand } from './sensor-command.ts'
import { sensorsCommand } from './sensors-command.ts'
import { shareCommand } from './share-command.ts'
import { sourcesCommand } from './sources-command.ts'
import { hubCommand, upCommand } from './up-command.ts'

/** Runs one command line and gives the exit code. */
export async function runCommand(inputs: readonly string[], process: CliProcess): Promise<number> {
  const context = contextOf(process, inputs)
  const state: { thrown?: unknown; exitCode?: number } = {}
  const application = buildApplication<Context>(routes(context), {
    name: 'vigie',
    versionInfo: { currentVersion: VERSION },
    scanner: { caseStyle: 'allow-kebab-for-camel' },
    documentation: { useAliasInUsageLine: true },
    determineExitCode: (thrown) => exitCodeOf(thrown),
    localization: { loadText: () => textOf(context, state) },
  })
  const watched = { ...context, process: watchExit(context.process, state) }
  await run(application, inputs.length === 0 ? ['--help'] : [...inputs], watched)
  const code = state.exitCode ?? EXIT.done
  // The library's own codes are negative: -4 unknown command, -5 arguments, both our usage.
  return code < 0 || code > 250 ? EXIT.usage : code
}

function routes({ words }: Context) {
  return buildRouteMap({
    routes: {
      up: upCommand(words),
      hub: hubCommand(words),
      join: joinCommand(words),
      peers: peersCommand(words),
      scan: scanCommand(words),
      exercise: exerciseCommand(words),
      audit: auditCommand(words),
      cases: casesCommand(words),
      devices: devicesCommand(words),
      segment: segmentCommand(words),
      hunt: huntCommand(words),
      alerts: alertsCommand(words),
      sources: sourcesCommand(words),
      rules: rulesCommand(words),
      sensor: sensorCommand(words),
      sensors: sensorsCommand(words),
      intel: intelCommand(words),
      evidence: evidenceCommand(words),
      share: shareCommand(words),
      identity: identityCommand(words),
      readiness: readinessCommand(words),
      cloud: cloudCommand(words),
      exposure: exposureCommand(words),
      enrich: enrichCommand(words),
    },
    docs: { brief: words.cli.brief },
  })
}

function textOf({ language }: Context, state: { thrown?: unknown }) {
  const base = language === 'fr' ? stricliFrench : text_en
  const describe = (thrown: unknown) => {
    state.thrown = thrown
    return describeError(thrown, language)
  }
  return {
    ...base,
    exceptionWhileRunningCommand: describe,
    exceptionWhileLoadingCommandFunction: describe,
  }
}

function watchExit(process: CliProcess, state: { exitCode?: number }) {
  return {
    ...pick(process),
    set exitCode(code: number) {
      state.exitCode = code
    },
    // Absent until somebody says otherwise: the library sets its own code only then.
    get exitCode(): number | null {
      return state.exitCode ?? null
    },
  }
}

function pick(process: CliProcess): CliProcess {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    on: process.on.bind(process),
    off: process.off.bind(process),
  }
}
