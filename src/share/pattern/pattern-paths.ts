// Every path that a pattern looks at.

import type { Comparison, ObjectPath, Observation } from './pattern-tree.ts'

export function pathsOf(observation: Observation): readonly ObjectPath[] {
  if (observation.kind === 'observed') return comparedPaths(observation.comparison)
  if (observation.kind === 'qualified') return pathsOf(observation.of)
  return observation.parts.flatMap(pathsOf)
}

export function comparedPaths(comparison: Comparison): readonly ObjectPath[] {
  if ('path' in comparison) return [comparison.path]
  return comparison.parts.flatMap(comparedPaths)
}

/** As people write it: `file:hashes.'SHA-256'`. */
export function pathName({ type, steps }: ObjectPath): string {
  return steps.reduce((text, step, at) => {
    if (step.kind === 'any') return `${text}[*]`
    if (step.kind === 'index') return `${text}[${step.index}]`
    const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(step.name) ? step.name : `'${step.name}'`
    return at === 0 ? `${text}${name}` : `${text}.${name}`
  }, `${type}:`)
}
