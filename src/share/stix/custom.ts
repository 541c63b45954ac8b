// What an object holds beyond the standard: properties, extensions and whole types. All of it is kept; how it should have been
// said is advice.

import { isIdentifier, isPropertyName, typeOfId } from './formats.ts'
import { ownEntry } from './own-entry.ts'
import { advice, error, isObject } from './problem.ts'
import type { JsonObject, Path, StixProblem } from './problem.ts'
import type { Properties } from './property-kinds.ts'
import { innerProperties } from './schemas.ts'
import { TLP2_EXTENSION, isTlp2 } from './tlp.ts'

const WAYS = new Set([
  'new-sdo',
  'new-sco',
  'new-sro',
  'property-extension',
  'toplevel-property-extension',
])
const NEW_TYPES = new Set(['new-sdo', 'new-sco', 'new-sro'])

/** Section 3.8: names that may come to mean something. */
const RESERVED = new Set(['severity', 'action', 'username', 'phone_numbers'])
export const RESERVED_TYPES = new Set(['action'])

export type Custom = {
  readonly object: JsonObject
  readonly properties: Properties
  readonly path: Path
  /** The type is one that an extension brings, or the extension adds properties at the top. */
  readonly isExtended: boolean
}

/** Properties that the tables do not know. */
export function customPropertyProblems({
  object,
  properties,
  path,
  isExtended,
}: Custom): readonly StixProblem[] {
  return Object.keys(object)
    .filter((name) => ownEntry(properties, name) === undefined)
    .flatMap((name) => {
      const at = [...path, name]
      if (path.length === 0 && RESERVED.has(name)) return [error(at, 'a reserved name')]
      if (!isPropertyName(name))
        return [error(at, 'not a name of a property: lower-case letters, digits, underscores')]
      return isExtended ? [] : [...sayCustom(name, at), ...keyCase(object[name], at)]
    })
}

function sayCustom(name: string, at: Path): readonly StixProblem[] {
  const met = `${name.slice(0, 60)} is not of the standard`
  return [
    advice('extensions-use', at, `${met}: bring it by an extension`),
    ...(/^x_.+_.+$/.test(name)
      ? []
      : [advice('custom-prefix', at, `${met}: begin with x_ and who made it`)]),
    ...(name.startsWith('x_') ? [] : [advice('custom-prefix-lax', at, `${met}: begin with x_`)]),
  ]
}

function keyCase(value: unknown, at: Path): readonly StixProblem[] {
  return Object.keys(isObject(value) ? value : {})
    .filter((key) => /[A-Z]/.test(key))
    .map((key) => advice('observable-dictionary-keys', [...at, key], 'keys are lower-case'))
}

/** A type that the standard does not define. */
export function customTypeProblems(type: string, object: JsonObject): readonly StixProblem[] {
  if (waysOf(object).some((way) => NEW_TYPES.has(way))) return []
  const met = `${type.slice(0, 60)} is not a type of the standard`
  return [
    advice('extensions-use', ['type'], `${met}: bring it by an extension`),
    ...(/^x-.+-.+$/.test(type)
      ? []
      : [advice('custom-prefix', ['type'], `${met}: begin with x- and who made it`)]),
    ...(type.startsWith('x-')
      ? []
      : [advice('custom-prefix-lax', ['type'], `${met}: begin with x-`)]),
  ]
}

/** How the extensions of an object extend it. */
export function waysOf(object: JsonObject): readonly string[] {
  const { extensions } = object
  return Object.values(isObject(extensions) ? extensions : {}).flatMap((extension) => {
    const way = isObject(extension) ? extension['extension_type'] : undefined
    return typeof way === 'string' ? [way] : []
  })
}

/** Keys and forms of extensions. `isObservable`: a known type of section 6. */
export function extensionProblems(
  object: JsonObject,
  isObservable: boolean,
): readonly StixProblem[] {
  const { extensions, id } = object
  return Object.entries(isObject(extensions) ? extensions : {}).flatMap(([key, extension]) => {
    const at = ['extensions', key]
    if (!isObject(extension)) return [error(at, 'must be an object')]
    if (Object.keys(extension).length === 0) return [error(at, 'must not be empty')]
    if (key === TLP2_EXTENSION && !isTlp2(id, extension))
      return [error(at, 'not one of the markings of TLP 2.0')]
    if (typeOfId(key) === 'extension-definition')
      return definedExtension(key, extension, isObservable)
    if (innerProperties(key) !== undefined) return []
    return namedExtension(key, at)
  })
}

function definedExtension(
  key: string,
  extension: JsonObject,
  isObservable: boolean,
): readonly StixProblem[] {
  const way = extension['extension_type']
  const at = ['extensions', key, 'extension_type']
  if (!isIdentifier(key)) return [error(['extensions', key], 'not an identifier')]
  if (typeof way !== 'string' || !WAYS.has(way))
    return [error(at, `expected one of ${[...WAYS].join(', ')}`)]
  // Many consumers read properties of observables in extensions alone.
  return isObservable && way !== 'property-extension'
    ? [advice('extensions-use', at, 'observables are extended by property-extension')]
    : []
}

function namedExtension(key: string, at: Path): readonly StixProblem[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-ext$/.test(key))
    return [error(at, 'neither the id of an extension-definition nor a name that ends in -ext')]
  return [
    advice('extensions-use', at, 'not of the standard: use an extension-definition'),
    ...(/^x-.+-.+-ext$/.test(key)
      ? []
      : [advice('custom-prefix', at, 'begin with x- and who made it')]),
    ...(key.startsWith('x-') ? [] : [advice('custom-prefix-lax', at, 'begin with x-')]),
  ]
}
