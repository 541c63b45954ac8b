// Plans that are kept ready, and what each lacks.

import { useQuery } from '@tanstack/react-query'
import type { PlanState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageLinks } from '../../parts/page-links.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ContactForm, PlanFileForm, PlanForm } from './plan-forms.tsx'
import { plansQuery } from './readiness-api.ts'
import { ReadinessFrame } from './readiness-frame.tsx'

export function PlansScreen() {
  return <ReadinessFrame>{() => <Plans />}</ReadinessFrame>
}

const LANGUAGES = ['en', 'fr'] as const

function Plans() {
  const words = useRoomWords().readiness
  const { data, error, refetch } = useQuery(plansQuery)
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <div>
      <p className="row">
        {LANGUAGES.map((language) => (
          <PageLinks
            key={language}
            label={`${words.contacts} (${language.toUpperCase()})`}
            address={`/api/readiness/contact-sheet?language=${language}`}
            name={`contacts-${language}`}
          />
        ))}
      </p>
      {data.plans.map((state) => (
        <OnePlan key={`${state.kind} ${state.version}`} state={state} />
      ))}
    </div>
  )
}

function OnePlan({ state }: { state: PlanState }) {
  const words = useRoomWords().readiness
  const format = useFormat()
  const { kind, plan, version, updated, by } = state
  return (
    <section className={layout.section}>
      <h2>{words.plans[kind]}</h2>
      {plan === null && <p>{words.plan.none}</p>}
      {plan && updated && (
        <p className="quiet">
          {plan.title}, {plan.owner}. {words.plan.version(version, format.time(updated), by)}.{' '}
          {words.plan.rest(
            plan.scenarios.length,
            plan.systems.length,
            plan.notices.length,
            plan.exercises.length,
          )}
        </p>
      )}
      {plan && <Lacks gaps={state.gaps} />}
      {plan && <Contacts contacts={plan.contacts} />}
      <PlanForm kind={kind} plan={plan} />
      {plan && <ContactForm kind={kind} plan={plan} />}
      {plan && <PlanFileForm kind={kind} plan={plan} />}
    </section>
  )
}

function Lacks({ gaps }: Pick<PlanState, 'gaps'>) {
  const words = useRoomWords().readiness
  if (gaps.length === 0) return <p>{words.plan.whole}</p>
  return (
    <>
      <h3>{words.plan.lacks}</h3>
      <ul>
        {gaps.map(({ gap, detail }) => (
          <li key={`${gap} ${detail}`}>
            {words.planGaps[gap]} {detail}
          </li>
        ))}
      </ul>
    </>
  )
}

function Contacts({ contacts }: Pick<NonNullable<PlanState['plan']>, 'contacts'>) {
  const words = useRoomWords().readiness
  if (contacts.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.plan.contacts}</h3>
      <ul>
        {contacts.map(({ name, role, kind, phone, tested }) => (
          <li key={`${name} ${phone}`}>
            {name}, {role} ({words.contactKinds[kind]}) <span className="mono">{phone}</span>{' '}
            <span className="quiet">{tested}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
