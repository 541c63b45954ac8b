// An entry of a table by a name that came from outside: `constructor` and `__proto__` stand in no table.

export function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
