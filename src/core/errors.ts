// Unexpected trouble. A code and its details travel; the sentence is made at the rim, in the reader's language (`words/*/errors.ts`).

/** What can be wrong with an export of a directory; its sentence says what was expected. */
export type ExportProblem =
  | 'too_large'
  | 'not_text'
  | 'not_json'
  | 'not_ldif'
  | 'not_csv'
  | 'unknown_form'
  | 'missing_field'
  | 'bad_value'
  | 'bad_date'
  | 'too_many_rows'
  | 'too_deep'
  | 'twice'
  | 'older'
  | 'empty'
  | 'no_rows'
  | 'no_columns'
  | 'one_page'
  | 'cut'
  | 'not_packed'

/** Why a device configuration is not read. */
export type ConfigProblem =
  | 'too_large'
  | 'line_too_long'
  | 'too_deep'
  | 'too_many_nodes'
  | 'binary'
  | 'empty'
  | 'web_page'
  | 'refusal'

/** What is wrong with a zones file, and where. */
export type ZonesProblem = {
  readonly line: number
  readonly column: number
  readonly kind:
    | 'too_large'
    | 'yaml'
    | 'unknown_key'
    | 'missing'
    | 'value'
    | 'prefix'
    | 'service'
    | 'zone'
    | 'twice'
    | 'nowhere'
  /** What stands there. */
  readonly met: string
  /** Where in the file: `zones[0].kind`. */
  readonly path: string
}

/** Why a repository of configurations is not read. */
export type RepositoryProblem =
  | 'no_git'
  | 'bad_place'
  | 'with_password'
  | 'unreadable'
  | 'too_large'
  | 'file_too_large'
  | 'too_many_commits'
  | 'too_slow'

/** Why a device's configuration was not fetched. */
export type PullProblem =
  | 'bad_login'
  | 'unreachable'
  | 'key_unknown'
  | 'key_changed'
  | 'refused'
  | 'asks_more'
  | 'no_prompt'
  | 'stalled'
  | 'closed'
  | 'too_large'
  | 'no_end'
  | 'command_refused'
  | 'not_taken'
  | 'needs_enable'

/** What can be wrong with a report of a scanner, an inventory, or knowledge of vulnerabilities. */
export type ExposureFileProblem =
  | 'unknown_scan'
  | 'unknown_knowledge'
  | 'empty'
  | 'not_xml'
  | 'entities'
  | 'not_json'
  | 'not_csv'
  | 'no_columns'
  | 'not_packed'
  | 'packed_twice'
  | 'several_tools'
  | 'too_large'
  | 'too_deep'
  | 'element_too_large'
  | 'too_many'
  | 'nothing_usable'
  | 'mostly_unusable'
  | 'fewer_than_said'
  | 'fewer_than_known'
  | 'from_the_future'

/** Why knowledge of networks is not taken. */
export type NetworksProblem =
  | 'not_a_pack'
  | 'not_a_key'
  | 'bad_signature'
  | 'unknown_key'
  | 'damaged'
  | 'older'
  | 'bad_range'
  | 'too_large'
  | 'too_many'
  | 'nothing'

/** Why a list of tools is not taken. */
export type ToolsProblem = 'not_readable' | 'nothing' | 'too_many' | 'too_large'

/** Every code with the details its sentence needs. A code is never reused for another meaning. */
export type ErrorDetails = {
  ADDRESS_IN_USE: { readonly listener: string; readonly address: string }
  BAD_REQUEST: { readonly met: string; readonly expected: string }
  CONFIG_REFUSED: {
    readonly source: string
    readonly problem: ConfigProblem
    /** Line of the text, from 1; 0 where it is about the whole. */
    readonly line: number
    /** What was gone past; 0 where there is none. */
    readonly limit: number
  }
  CONTENT_INVALID: { readonly file: string; readonly reason: string }
  DATA_FOLDER_BUSY: { readonly folder: string }
  DATA_FOLDER_NEWER: { readonly found: number; readonly known: number }
  DISK_FULL: { readonly folder: string; readonly freeBytes: number }
  ENGINE_UNREACHABLE: { readonly engine: string; readonly reason: string }
  EXCEPTION_TOO_LONG: { readonly expires: string; readonly most: string }
  EXPOSURE_FILE_REFUSED: {
    readonly file: string
    readonly problem: ExposureFileProblem
    readonly met: string
    /** Tools whose reports are read, where none of them wrote it. */
    readonly known?: readonly string[]
  }
  FEED_GOES_BACK: { readonly name: string; readonly met: string; readonly known: string }
  EVIDENCE_REWRITTEN: { readonly signed: number; readonly found: number }
  EXERCISE_BUSY: { readonly who: string }
  EXERCISE_FAILED: { readonly organisation: string; readonly reason: string }
  HISTORY_RUN_BUSY: { readonly from: string; readonly to: string }
  HUB_CODE_INVALID: Record<string, never>
  HUB_CODE_REFUSED: { readonly address: string }
  HUB_UNREACHABLE: { readonly address: string; readonly reason: string }
  IDENTITY_FILE_REFUSED: {
    readonly file: string
    readonly place: string
    readonly problem: ExportProblem
    readonly met: string
  }
  NETWORKS_REFUSED: {
    /** Empty where it came as a body. */
    readonly file: string
    readonly problem: NetworksProblem
    readonly met: string
  }
  NOT_AUTHORISED: Record<string, never>
  NOT_FOUND: { readonly what: string }
  NOT_PRINTED: { readonly reason: string }
  NOTHING_TO_READ: { readonly path: string }
  QUERY_REFUSED: { readonly reason: string }
  QUERY_TOO_HEAVY: { readonly limit: string }
  RULE_UNUSABLE: { readonly place: string; readonly reason: string }
  SENSOR_CODE_INVALID: Record<string, never>
  SENSOR_CODE_REFUSED: { readonly address: string }
  SENSOR_NOT_ENROLLED: { readonly folder: string }
  PULL_REFUSED: { readonly device: string; readonly problem: PullProblem; readonly met: string }
  REPOSITORY_REFUSED: {
    /** Without what was typed as a password. */
    readonly place: string
    readonly problem: RepositoryProblem
    /** What git said, or what was gone past. */
    readonly reason: string
  }
  SETTING_INVALID: { readonly name: string; readonly met: string; readonly expected: string }
  STATION_NOT_TRUSTED: { readonly address: string }
  STATION_UNREACHABLE: { readonly url: string }
  TOOLS_REFUSED: {
    readonly problem: ToolsProblem
    /** Empty where it came as a body. */
    readonly file: string
    readonly met: string
  }
  TRIAL_BUSY: { readonly who: string }
  /** `file` is '' where it came without a name. */
  ZONES_REFUSED: { readonly file: string; readonly en: string; readonly fr: string }
  ZONES_MOVED: { readonly version: string; readonly who: string }
}

export type ErrorCode = keyof ErrorDetails

export class VigieError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly details: ErrorDetails[C]

  constructor(code: C, details: ErrorDetails[C], options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options)
    this.name = 'VigieError'
    this.code = code
    this.details = details
  }
}

export function isVigieError(value: unknown): value is VigieError {
  return value instanceof VigieError
}

/** The plain text of anything thrown, for logs and for the `reason` of a VigieError. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
