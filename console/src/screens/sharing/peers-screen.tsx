// Whom this station shares with, and how each is.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { SharePeer, ShareState } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { CopyRows } from '../../parts/copy-rows.tsx'
import layout from '../../parts/layout.module.css'
import { stateOf } from '../../parts/room-frame.tsx'
import { SplitList } from '../../parts/split-list.tsx'
import { InviteMember } from './invite-member.tsx'
import { JoinHub } from './join-hub.tsx'
import { PeerPanel } from './peer-panel.tsx'
import { shareQuery } from './share-api.ts'
import { ShareFrame } from './share-frame.tsx'
import { usePeerColumns } from './use-peer-columns.tsx'

const route = getRouteApi('/sharing')
const keyOf = ({ name }: SharePeer): string => name
const KEY_SHOWN = 16

export function PeersScreen() {
  const words = useRoomWords().sharing
  const query = useQuery(shareQuery)
  const { data } = query
  return (
    <ShareFrame {...stateOf(query)}>
      {data && (
        <>
          <p className="quiet">
            {words.self(data.self.organisation, data.self.pin.slice(0, KEY_SHOWN))}{' '}
            {data.address !== null && words.hubAt(data.address)}
          </p>
          <div>
            <JoinHub />
            {data.address !== null && <InviteMember />}
          </div>
          {data.peers.length === 0 && <p>{words.none}</p>}
          {data.peers.length > 0 && <Peers state={data} />}
        </>
      )}
    </ShareFrame>
  )
}

function Peers({ state: { peers } }: { state: ShareState }) {
  const words = useRoomWords().sharing
  const { peer: open } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (peer: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, peer }) })
  const columns = usePeerColumns()
  const chosen = peers.find((one) => keyOf(one) === open)
  return (
    <>
      <div className={layout.bar}>
        <CopyRows columns={columns} rows={peers} />
      </div>
      <SplitList
        label={words.views.peers}
        columns={columns}
        rows={peers}
        rowKey={keyOf}
        open={open}
        show={show}
      >
        {chosen && <PeerPanel peer={chosen} onClose={() => show(undefined)} />}
      </SplitList>
    </>
  )
}
