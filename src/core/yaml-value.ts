// YAML of our own content and of operators, read to a plain value.

import { loadAll } from 'js-yaml'

const MAX_DEPTH = 64

/**
 * The value of a text that holds one document; null where it holds none. Nothing may point elsewhere in it: aliases and tags of
 * programs are refused. Throws an Error that names the place.
 */
export function yamlValue(text: string): unknown {
  const documents = yamlDocuments(text)
  if (documents.length > 1) throw new TypeError('more than one document; one is expected')
  return documents[0] ?? null
}

/** The same of a text that may hold several. */
export function yamlDocuments(text: string): readonly unknown[] {
  return loadAll(text, { maxAliases: 0, maxDepth: MAX_DEPTH })
}
