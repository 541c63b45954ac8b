// The commands, and what a failure looks like: a sentence on stderr and an exit code.

import { buildApplication, buildRouteMap, run, text_en } from '@stricli/core'
import { VERSION } from '../app/version.ts'
import { describeError } from '../words/index.ts'
import { commands } from './commands.ts'
import { contextOf } from './context.ts'
import type { CliProcess, Context } from './context.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { stricliFrench } from './french.ts'

/** Runs one command line and gives the exit code. */
export async function runCommand(inputs: readonly string[], process: CliProcess): Promise<number> {
  const context = contextOf(process, inputs)
  const state: { thrown?: unknown; exitCode?: number } = {}
  const application = buildApplication<Context>(await routes(context, inputs), {
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

/** Whoever runs one command does not load what the others need: a sensor lives on small machines. */
async function routes({ words }: Context, [first]: readonly string[]) {
  return buildRouteMap({ routes: await commands(words, first), docs: { brief: words.cli.brief } })
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
