// The last digest of a case's acts becomes a leaf of the log of evidence.

import { headOf } from '../../cases/index.ts'
import type { Evidence } from '../../evidence/index.ts'
import type { Records } from '../../store/index.ts'

export async function logCaseHead(
  { records, evidence }: { readonly records: Records; readonly evidence: Pick<Evidence, 'note'> },
  number: number,
): Promise<void> {
  const head = await headOf(records, number)
  await evidence.note(`${leafPrefix(number)}${head.act}`, `case ${number}`, head)
}

export function leafPrefix(number: number): string {
  return `case/${number}/`
}
