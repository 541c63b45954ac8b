// For tests only: events as evtx_dump writes them, flattened the way the Windows parser does.

import type { FixtureEvent } from './event-fixture.test-helper.ts'

type Json = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Several JSON objects may stand in a row. */
export function readDump(text: string): readonly Json[] {
  return text
    .split(/\n(?=\{)/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part): readonly Json[] => {
      const value: unknown = JSON.parse(part)
      return isObject(value) ? [value] : []
    })
}

export function windowsEvent(event: Json): FixtureEvent {
  const inner = isObject(event['Event']) ? event['Event'] : event
  const system = isObject(inner['System']) ? inner['System'] : {}
  const fields: Record<string, string> = {}
  flattenSystem(system, fields)
  flattenData(inner['EventData'], fields)
  if (isObject(inner['UserData']))
    for (const data of Object.values(inner['UserData'])) flattenData(data, fields)
  return { fields, columns: windowsColumns(fields, JSON.stringify(event)) }
}

function flattenSystem(system: Json, fields: Record<string, string>): void {
  for (const [key, value] of Object.entries(system)) {
    if (!isObject(value)) fields[key] = textOf(value)
    else if ('#text' in value) fields[key] = textOf(value['#text'])
    const attributes = isObject(value) ? value['#attributes'] : undefined
    const inner = isObject(attributes) ? attributes : system[`${key}_attributes`]
    if (isObject(inner))
      for (const [name, text] of Object.entries(inner)) fields[`${key}_${name}`] = textOf(text)
  }
}

function flattenData(data: unknown, fields: Record<string, string>): void {
  if (!isObject(data)) return
  for (const [key, value] of Object.entries(data)) {
    if (key.startsWith('#') || value === null) continue
    const named = isObject(value) && '#text' in value ? value['#text'] : value
    fields[key.replaceAll(' ', '')] = Array.isArray(named)
      ? named.map(textOf).join('\n')
      : textOf(named)
  }
}

function textOf(value: unknown): string {
  if (isObject(value) || Array.isArray(value)) return JSON.stringify(value)
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

export function windowsColumns(
  fields: Readonly<Record<string, string>>,
  raw: string,
): Record<string, string> {
  const get = (...names: readonly string[]) =>
    names.map((name) => fields[name] ?? '').find((text) => text !== '') ?? ''
  return {
    raw,
    batch: 'test',
    source: 'fixture',
    parser: 'windows',
    product: 'windows',
    log_name: get('Channel'),
    event_code: get('EventID'),
    provider: get('Provider_Name'),
    device_name: get('Computer'),
    logon_type: get('LogonType'),
    src_port: get('SourcePort'),
    dst_port: get('DestinationPort', 'DestPort'),
    script: get('ScriptBlockText'),
    file_path: get('TargetImage', 'TargetFilename', 'TargetObject', 'ImageLoaded', 'PipeName'),
    proc_path: get('Image', 'NewProcessName', 'SourceImage'),
    proc_cmd: get('CommandLine'),
    parent_path: get('ParentImage', 'ParentProcessName'),
    parent_cmd: get('ParentCommandLine'),
    proc_name_original: get('OriginalFileName'),
  }
}
