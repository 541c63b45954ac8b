// Lines into a tree, by the form they are written in. A text that passes a limit is refused as a whole.

import type { Dialect } from '../dialect/dialect.ts'
import { buildBraces } from './braces.ts'
import type { ConfigTree, Form, TreeProblem } from './config-tree.ts'
import { buildEditNext } from './edit-next.ts'
import { buildIndented } from './indent.ts'
import { buildJson } from './json.ts'
import { LIMITS, LimitReached } from './node-builder.ts'
import type { NodeBuilder } from './node-builder.ts'
import { besideConfiguration, withoutBeside } from './session.ts'
import type { Beside } from './session.ts'
import { buildContextLines, buildSetLines } from './set-lines.ts'
import { buildXml } from './xml.ts'

export type TreeRead =
  | { readonly ok: true; readonly tree: ConfigTree }
  | { readonly ok: false; readonly problem: TreeProblem }

export function buildTree(
  lines: readonly string[],
  form: Form,
  dialect: Dialect | undefined,
): TreeRead {
  const long = lines.findIndex((line) => line.length > LIMITS.line)
  if (long !== -1)
    return { ok: false, problem: { kind: 'line_too_long', line: long + 1, limit: LIMITS.line } }
  try {
    const beside = form === 'json' ? NOTHING_BESIDE : besideConfiguration(lines)
    const builder = BUILDERS[form](withoutBeside(lines, beside), dialect)
    const root = builder.finish(lines, beside)
    if (root.children.length === 0)
      return { ok: false, problem: { kind: 'empty', line: 0, limit: 0 } }
    return {
      ok: true,
      tree: { form, root, lines, nodes: builder.nodes, unclosed: builder.unclosed, beside },
    }
  } catch (cause) {
    if (!(cause instanceof LimitReached)) throw cause
    const { kind, line, limit } = cause
    return { ok: false, problem: { kind, line, limit } }
  }
}

const NOTHING_BESIDE: Beside = new Set()

type Build = (lines: readonly string[], dialect: Dialect | undefined) => NodeBuilder

const ANY_VERB = /^(?:set|delete|add|deactivate|activate|unset) /
const NO_CLOSERS: ReadonlySet<string> = new Set()

const BUILDERS: Readonly<Record<Form, Build>> = {
  indent: (lines, dialect) =>
    buildIndented(lines, {
      comments: dialect?.comments ?? '!#',
      parts: dialect?.parts ?? false,
      banner: dialect?.banner ?? 'delimiter',
      closers: dialect?.closers ?? NO_CLOSERS,
      opens: dialect?.opens ?? null,
    }),
  edit: buildEditNext,
  brace: (lines, dialect) =>
    buildBraces(lines, {
      ends: dialect?.ends ?? 'line',
      scripts: dialect?.scripts ?? null,
      oneLine: dialect?.oneLine ?? null,
    }),
  set: (lines, dialect) =>
    buildSetLines(lines, { verbs: dialect?.verbs ?? ANY_VERB, comments: /^[#!]|^\/[/*]/ }),
  context: buildContextLines,
  xml: buildXml,
  json: buildJson,
}
