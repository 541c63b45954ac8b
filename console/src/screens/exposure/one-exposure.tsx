// One vulnerability on one asset: its date, why it is thought to be affected, and the exception to it.

import { Link } from '@tanstack/react-router'
import type { Exposure } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords, useSide } from '../../language.ts'
import type { RoomWords } from '../../language.ts'
import { dayOf } from '../../parts/days.ts'
import { Facts } from '../../parts/facts.tsx'
import { Severity } from '../../parts/severity.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { DueMark } from './due-mark.tsx'
import { AskException, EndException } from './exception.tsx'
import styles from './exposure.module.css'

type Props = { is: Exposure; named: 'asset' | 'vulnerability' }

export function OneExposure({ is, named }: Props) {
  const words = useRoomWords().exposure
  const side = useSide()
  const isLive = is.state === 'open' || is.state === 'unsure'
  return (
    <li className={styles.exposure}>
      <div className="row">
        <Named is={is} by={named} />
        {isLive ? (
          <DueMark
            isOverdue={is.overdue}
            isUnsure={is.state === 'unsure'}
            isExcepted={is.exception !== null}
            due={is.due}
          />
        ) : (
          <StateMark tone="good">{words.over[is.state === 'fixed' ? 'fixed' : 'clear']}</StateMark>
        )}
        {is.score !== null && <Severity is={is.severity} />}
      </div>
      <p>
        {isLive ? (
          <>
            <strong>{words.actions[is.action]}.</strong> {side(is.why)}
          </>
        ) : (
          proofOf(words, is.proof)
        )}
      </p>
      <ExposureFacts is={is} />
      {isLive && is.exception === null && <AskException of={is} />}
      {is.exception !== null && <EndException is={is.exception} />}
    </li>
  )
}

/** What shows that it is over. */
function proofOf({ proofs }: RoomWords['exposure'], proof: string): string {
  return new Map<string, string>(Object.entries(proofs)).get(proof) ?? proof
}

function Named({ is, by }: { is: Exposure; by: Props['named'] }) {
  return by === 'asset' ? (
    <Link to="/exposure/assets" search={{ asset: is.asset }}>
      {is.assetName}
    </Link>
  ) : (
    <Link to="/exposure" search={{ advisory: is.vulnerability }}>
      {is.vulnerability}
    </Link>
  )
}

function CaseLink({ is }: { is: number }) {
  return (
    <Link to="/cases" search={{ case: String(is), state: 'all' }}>
      {useRoomWords().exposure.caseNumber(is)}
    </Link>
  )
}

function ExposureFacts({ is }: { is: Exposure }) {
  const words = useRoomWords().exposure
  const format = useFormat()
  const side = useSide()
  const { triage } = is
  const sources = is.sources.map((one) => (one === 'catalogue' ? words.catalogue : one))
  return (
    <Facts
      facts={[
        [words.due, dayOf(is.due)],
        [words.workBy, dayOf(is.workBy)],
        [words.mitigateBy, dayOf(is.mitigateBy)],
        [
          words.triage,
          triage === null
            ? ''
            : words.triageBy(
                format.time(triage.scopeBy),
                format.time(triage.evidenceBy),
                format.time(triage.decideBy),
              ),
        ],
        [
          words.triageCase,
          is.triageCase === null ? '' : <CaseLink key="case" is={is.triageCase} />,
        ],
        [words.owner, is.owner || words.noOwner],
        [words.columns.facing, words.facings[is.basis.facing]],
        [words.columns.product, `${is.product} ${is.version}`],
        [
          words.whyAffected,
          `${side(is.reason)} ${words.confidence(is.confidence)}, ${words.saidBy(sources.join(', '))}`,
        ],
        [words.detected, format.time(is.detected)],
        [words.fixedOn, is.fixed === null ? '' : format.time(is.fixed)],
        [words.lastSeen, format.time(is.lastSeen)],
        [words.columns.state, is.reopened > 0 ? words.reopened(is.reopened) : ''],
      ]}
    />
  )
}
