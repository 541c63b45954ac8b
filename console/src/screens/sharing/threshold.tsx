// Addresses that logged in to several members, below what is matched blindly.

import { useQuery } from '@tanstack/react-query'
import { useRoomWords } from '../../language.ts'
import { thresholdQuery } from './threshold-api.ts'
import { ThresholdHubSide } from './threshold-hub.tsx'
import { ThresholdOwn } from './threshold-own.tsx'

export function Threshold() {
  const words = useRoomWords().sharing.threshold
  const { data } = useQuery(thresholdQuery)
  if (data === undefined || (data.hubs.length === 0 && data.hub === null)) return null
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="quiet">{words.how}</p>
      {data.hubs.map((hub) => (
        <ThresholdOwn key={hub.peer} hub={hub} />
      ))}
      {data.hub !== null && (
        <ThresholdHubSide hub={data.hub} holders={data.hubs.map(({ peer }) => peer)} />
      )}
    </section>
  )
}
