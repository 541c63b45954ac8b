// One of several reasons, by its name; the page of errors asks with names that stand for any.

type Reasons<Name extends string> = Readonly<Record<Name, (met: string) => string>>

export function reasonText<Name extends string>(
  reasons: Reasons<Name>,
  name: Name,
  met: string,
): string {
  return Object.hasOwn(reasons, name) ? reasons[name](met) : met
}
