// In: nothing. Out: results, errors, ids, time, settings.
// What every room may lean on.
// Never: imports another room.

export * from './canonical-json.ts'
export * from './errors.ts'
export * from './ids.ts'
export * from './result.ts'
export * from './settings.ts'
export * from './time.ts'
export { asciiCase } from './ascii-case.ts'
export { freePort, freePorts } from './free-ports.ts'
export { addressOf, bindError, closeNow, hostOf, listenOn } from './listen.ts'
export { requiredText, shortest } from './required-text.ts'
export type { RequiredText } from './required-text.ts'
export { watchFolder } from './watch-folder.ts'
export { yamlDocuments, yamlValue } from './yaml-value.ts'
export { isZip, zipFiles } from './zip-files.ts'
export type { ZippedFile } from './zip-files.ts'
