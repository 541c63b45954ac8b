// The screen of networks and tools, in English.

import { plural } from '../plural.ts'
import { networks } from './networks.ts'
import { tools } from './tools.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleBackground = {
  title: 'Networks and tools',
  back: 'Rules',
  how: 'What analytics know beside the logs: whose network an address is in, and which programs intruders use as they are.',
  networks: {
    title: 'Networks',
    none: 'Nothing is known of networks yet. What came with Vigie’s packages is read a minute after the start; where they are not installed, load a pack.',
    stale: networks.stale,
    facts: { dated: 'As of', ranges: 'Ranges', by: 'Loaded by', key: 'Signed by' },
    age: (dated: string, days: number) => `${dated} (${n(days, 'day', 'days')} old)`,
    installed: networks.installed,
    sources: 'What it is made of',
    noSources: 'The pack does not say.',
    columns: ['Data', 'Version', 'Licence', 'As of', 'From'],
    keys: 'Keys whose packs are taken',
  },
  look: {
    title: 'Whose address is this?',
    address: 'Address',
    go: 'Look up',
    unknown: 'Nothing is known of it.',
    columns: networks.columns,
    kinds: networks.kinds,
  },
  pack: {
    title: 'Load a pack of networks',
    how: 'A file that “vigie enrich pack” made, for stations that reach no registry. It is taken when it is signed by a key that is known here.',
    file: 'File',
    key: 'Take packs of this key from now on (compare it with whoever made the pack)',
    older: 'Take it even if it is older than what is here',
    go: 'Load',
  },
  tools: {
    title: 'Lists of tools',
    none: 'No list is loaded: without one, programs that intruders use as they are go unnoticed. Fetch one from its makers, then load it here.',
    columns: ['List', 'As of', 'Tools', 'Names, domains, hashes', 'Terms', 'Loaded by'],
    lists: tools.lists,
    passedOver: (count: number, text: string) =>
      `${text} ${n(count, 'entry', 'entries')} could not be used`,
  },
  list: {
    title: 'Load a list of tools',
    how: 'The files as the makers of the list publish them: one export in JSON or CSV, or all files of its repository. The list is replaced as a whole; a file that cannot be read changes nothing.',
    list: 'List',
    files: 'Files',
    go: 'Load',
  },
  allowed: {
    title: 'Remote-management tools that are allowed here',
    none: 'None yet: each is told the first time it is seen. Name those your own people and suppliers use.',
    columns: ['Tool', 'Why', 'By', 'Since', 'Take back'],
    takeBack: 'Do not allow any more',
  },
  allow: {
    title: 'Allow a tool',
    tool: 'Name, as the list writes it',
    because: 'Who said so, and what it is for',
    go: 'Allow',
  },
}
