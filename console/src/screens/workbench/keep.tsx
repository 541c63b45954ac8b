// Put to use, taken out of use, or taken along as a file.

import { Link } from '@tanstack/react-router'
import { useRoomWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { Problem } from '../../parts/problem.tsx'
import type { Bench } from './use-workbench.ts'

export function Keep({ bench, file }: { bench: Bench; file: string | null }) {
  const words = useRoomWords().workbench
  const errors = bench.check?.lints.some(({ severity }) => severity === 'error') ?? true
  return (
    <>
      <div className="row">
        <button type="button" className="main" disabled={errors} onClick={bench.save}>
          {file === null ? words.save : words.saveAgain}
        </button>
        {file !== null && (
          <button type="button" disabled={bench.isRemoved} onClick={() => bench.remove(file)}>
            {words.remove}
          </button>
        )}
        <Copy text={bench.text} />
      </div>
      <p role="status">
        {bench.saved !== undefined && (
          <>
            {words.saved(bench.saved.name)} <Link to="/rules">{words.seeRules}</Link>
          </>
        )}
        {bench.isRemoved && file !== null && words.removed(file)}
      </p>
      {bench.keepError !== null && <Problem error={bench.keepError} />}
    </>
  )
}
