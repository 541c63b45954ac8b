// A whole event: its columns, every field by the vendor's own name, and the line as it came.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EventRow } from '../../api-types.ts'
import { useWords } from '../../language.ts'
import { Copy } from '../../parts/copy.tsx'
import { Icon } from '../../parts/icon.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { Problem } from '../../parts/problem.tsx'
import { eventQuery } from '../../queries.ts'
import styles from './hunt.module.css'
import type { HuntProps } from './use-hunt.ts'

export function EventView({ row, state }: HuntProps & { row: EventRow }) {
  const words = useWords().hunt
  const { data, error, refetch } = useQuery(eventQuery(row['batch'] ?? '', row['line'] ?? ''))
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const { raw: _raw, ...columns } = data.columns
  return (
    <div className={styles.event}>
      <section>
        <div className="row spread">
          <h2>{words.raw}</h2>
          <span className="row">
            <Link to="/rules/write" search={{ batch: row['batch'], line: row['line'] }}>
              {words.writeRule}
            </Link>
            <Copy text={data.raw} />
          </span>
        </div>
        <pre tabIndex={0} aria-label={words.raw}>
          {data.raw}
        </pre>
      </section>
      <div className={styles.lists}>
        <section>
          <h2>{words.allFields}</h2>
          <dl className={layout.facts}>
            {Object.entries(columns).map(([name, value]) => (
              <Column key={name} name={name} value={value} state={state} />
            ))}
          </dl>
        </section>
        <section>
          <h2>{words.vendorFields}</h2>
          <VendorFields fields={data.fields} />
        </section>
      </div>
    </div>
  )
}

function Column({ name, value, state }: HuntProps & { name: string; value: string }) {
  const words = useWords().hunt
  const acts = [
    {
      icon: 'plus',
      label: words.include1(name, value),
      run: () => state.condition(name, value, false),
    },
    {
      icon: 'minus',
      label: words.exclude1(name, value),
      run: () => state.condition(name, value, true),
    },
  ] as const
  return (
    <>
      <dt className="mono">{name}</dt>
      <dd className="mono">
        {value}{' '}
        {acts.map(({ icon, label, run }) => (
          <button key={icon} type="button" className="bare small" title={label} onClick={run}>
            <Icon name={icon} />
            <span className="unseen">{label}</span>
          </button>
        ))}
      </dd>
    </>
  )
}

function VendorFields({ fields }: { fields: Readonly<Record<string, string>> }) {
  const words = useWords().hunt
  const entries = Object.entries(fields)
  if (entries.length === 0) return <p className="quiet">{words.noVendorFields}</p>
  return (
    <dl className={layout.facts}>
      {entries.map(([name, value]) => [
        <dt key={name} className="mono">
          {name}
        </dt>,
        <dd key={`${name}=`} className="mono">
          {value}
        </dd>,
      ])}
    </dl>
  )
}
