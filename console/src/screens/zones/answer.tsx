// A verdict with its proof: the packet, and on every device the rules that let it pass.

import { Link } from '@tanstack/react-router'
import type { SegmentPair } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import styles from './zones.module.css'

type AnswerOf = SegmentPair['all']
type Hop = NonNullable<AnswerOf['witness']>['hops'][number]
type Devices = SegmentPair['devices']

export function Answer({
  title,
  answer: { verdict, witness, reasons, services },
  devices,
}: {
  title: string
  answer: AnswerOf
  devices: Devices
}) {
  const words = useRoomWords().zones
  const known: Readonly<Record<string, string>> = words.reasons
  return (
    <section className={layout.section}>
      <h3>{words.titled(title, words.verdicts[verdict])}</h3>
      {reasons.map((reason) => (
        <p key={reason} className="quiet">
          {known[reason] ?? reason}
        </p>
      ))}
      {witness !== null && (
        <>
          <p>
            {words.example} <code>{packetText(witness.packet)}</code>
            {packetText(witness.arrives) !== packetText(witness.packet) && (
              <> {words.arrivesAs(packetText(witness.arrives))}</>
            )}
            ; {words.answers[witness.answers]}
          </p>
          <ol className={styles.hops}>
            {witness.hops.map((hop) => (
              <li key={`${hop.device} ${hop.enters} ${hop.leaves}`}>
                <HopLines hop={hop} devices={devices} />
              </li>
            ))}
          </ol>
        </>
      )}
      {services.length > 0 && <p>{words.services(services.map(({ name }) => name).join(', '))}</p>}
    </section>
  )
}

function packetText({ source, destination, service }: NonNullable<AnswerOf['witness']>['packet']) {
  return `${source} → ${destination} ${service}`
}

function HopLines({ hop, devices }: { hop: Hop; devices: Devices }) {
  const words = useRoomWords().zones
  const id = devices.find(({ name }) => name === hop.device)?.id
  return (
    <>
      {id === undefined ? (
        hop.device
      ) : (
        <Link to="/devices" search={{ device: id }}>
          {hop.device}
        </Link>
      )}{' '}
      {hop.enters} → {hop.leaves}
      {hop.rules.map(({ filter, rule, first, text, because }) => (
        <div key={`${filter} ${first}`}>
          {words.byFilter(filter, rule ?? words.byDefault)}
          {rule !== null && <span className="quiet"> {words.line(first)}</span>}
          {because.length > 0 && <span> {words.conditions(because.join(', '))}</span>}
          {text !== '' && <pre>{text}</pre>}
        </div>
      ))}
      {hop.translations.map(({ label, first }) => (
        <div key={`${label} ${first}`}>{words.translated(label, first)}</div>
      ))}
      {hop.isAssumed && <div className="quiet">{words.assumed}</div>}
    </>
  )
}
