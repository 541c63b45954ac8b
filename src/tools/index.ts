// In: lists of tools that intruders use as they are, in the forms their makers publish. Out: one table of names, domains and hashes.
// A list is replaced as a whole; what an organisation allows is kept with who said so.
// Never: ships a list, or fetches one.

export { openTools } from './tools.ts'
export type { Tools } from './tools.ts'
