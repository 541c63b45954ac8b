/** Tells what some work took, in milliseconds as this process waited for it. */
export async function timed<T>(work: () => Promise<T>, tell: (ms: number) => void): Promise<T> {
  const startedMs = performance.now()
  const result = await work()
  tell(performance.now() - startedMs)
  return result
}
