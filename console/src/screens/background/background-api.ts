// What the screen of networks and tools asks of the station.

import { queryOptions } from '@tanstack/react-query'
import type { AddressNetwork, NetworkState, ToolAllowAsk, ToolState } from '../../api-types.ts'
import { call, params, part } from '../../api.ts'

/** First part of every key here. */
export const BACKGROUND = 'background'
const TOOL_LISTS = '/api/tool-lists'

export const networksQuery = queryOptions({
  queryKey: [BACKGROUND, 'networks'],
  queryFn: () => call<NetworkState>('/api/networks'),
})
export const toolsQuery = queryOptions({
  queryKey: [BACKGROUND, 'tools'],
  queryFn: () => call<ToolState>(TOOL_LISTS),
})

export const networkOf = (address: string): Promise<AddressNetwork> =>
  call(`/api/networks/${part(address)}`)

export const loadPack = (
  file: File,
  { key, older }: { key: string; older: boolean },
): Promise<NetworkState> => {
  const ask = { older: String(older), ...(key !== '' && { key }) }
  return call(`/api/networks/packs?${params(ask)}`, { file })
}

/** Files of one list as their makers publish them. */
export async function loadList(list: string, files: readonly File[]): Promise<ToolState> {
  const read = files.map(async (file) => ({
    name: file.webkitRelativePath || file.name,
    text: await file.text(),
  }))
  const body = new Blob([JSON.stringify({ files: await Promise.all(read) })])
  return call(`${TOOL_LISTS}?${params({ list })}`, { file: body })
}

export const allowTool = (body: ToolAllowAsk): Promise<ToolState> =>
  call('/api/allowed-tools', { body })
export const disallowTool = (tool: string): Promise<ToolState> =>
  call(`/api/allowed-tools/${part(tool)}`, { method: 'DELETE' })
