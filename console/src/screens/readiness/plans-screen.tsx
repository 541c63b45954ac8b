// Plans that are kept ready, and what each lacks.

import { useQuery } from '@tanstack/react-query'
import type { Plan, PlanState } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'
import { ActButton } from '../../parts/act-button.tsx'
import layout from '../../parts/layout.module.css'
import { Loading } from '../../parts/loading.tsx'
import { PageLinks } from '../../parts/page-links.tsx'
import { Problem } from '../../parts/problem.tsx'
import { ContactForm, ExerciseForm, PlanFileForm, PlanForm } from './plan-forms.tsx'
import { READINESS, plansQuery, savePlan } from './readiness-api.ts'
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
      {plan && <Contacts kind={kind} plan={plan} />}
      {plan && <Exercises exercises={plan.exercises} />}
      <PlanForm kind={kind} plan={plan} />
      {plan && <ContactForm kind={kind} plan={plan} />}
      {plan && <ExerciseForm kind={kind} plan={plan} />}
      <PlanFileForm kind={kind} plan={plan} />
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

function Contacts({ kind, plan }: { kind: PlanState['kind']; plan: Plan }) {
  const words = useRoomWords().readiness
  if (plan.contacts.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.plan.contacts}</h3>
      <ul>
        {plan.contacts.map(({ name, role, kind: as, phone, tested }, at) => (
          <li key={`${name} ${phone}`} className="row">
            <span>
              {name}, {role} ({words.contactKinds[as]}) <span className="mono">{phone}</span>{' '}
              <span className="quiet">
                {tested === null ? words.plan.neverTested : words.plan.testedOn(tested)}
              </span>
            </span>
            <Answered kind={kind} plan={plan} at={at} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One press after the call: the day it answered. */
function Answered({ kind, plan, at }: { kind: PlanState['kind']; plan: Plan; at: number }) {
  const words = useRoomWords().readiness.plan
  const today = new Date().toISOString().slice(0, 10)
  if (plan.contacts[at]?.tested === today) return null
  return (
    <ActButton
      label={words.answered}
      refreshes={READINESS}
      act={() =>
        savePlan(kind, {
          ...plan,
          contacts: plan.contacts.map((one, index) =>
            index === at ? { ...one, tested: today } : one,
          ),
        })
      }
    />
  )
}

function Exercises({ exercises }: Pick<Plan, 'exercises'>) {
  const words = useRoomWords().readiness
  if (exercises.length === 0) return null
  return (
    <section className={layout.section}>
      <h3>{words.plan.exercises}</h3>
      <ul>
        {exercises
          .toSorted((a, b) => (a.on < b.on ? 1 : -1))
          .map(({ on, kind, scenario, lessons, lessonsClosed }) => (
            <li key={`${on} ${scenario}`}>
              {on}, {words.exerciseKinds[kind]}: {scenario}{' '}
              {lessons !== '' && (
                <span className="quiet">
                  {lessons} ({lessonsClosed ? words.plan.closed : words.plan.stillOpen})
                </span>
              )}
            </li>
          ))}
      </ul>
    </section>
  )
}
