/** Ways to put load on something. */

type Work = (n: number) => Promise<unknown>

/** Starts `work` at an even rate, whether earlier ones have ended or not; each latency (ms) counts from when it should have begun, Infinity of what failed. */
export async function openLoop(rate: number, seconds: number, work: Work): Promise<number[]> {
  const took: number[] = []
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < rate * seconds; n++) {
    const due = began + (n * 1_000) / rate
    while (performance.now() < due) await new Promise((soon) => setTimeout(soon, Math.max(0, due - performance.now())))
    running.push(
      work(n).then(
        () => void took.push(performance.now() - due),
        // Too slow for a machine that others use as well: the figure says so, and the other measures go on.
        () => void took.push(Infinity),
      ),
    )
  }
  await Promise.all(running)
  return took
}

/** As many as `clients` can do in so many seconds, `most` at most; what failed is not counted. */
export async function closedLoop(
  clients: number,
  seconds: number,
  work: Work,
  most = Infinity,
): Promise<{ done: number; seconds: number }> {
  let n = 0
  let failed = 0
  const began = performance.now()
  const client = async () => {
    while (n < most && performance.now() - began < seconds * 1_000) await work(n++).catch(() => failed++)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { done: n - failed, seconds: (performance.now() - began) / 1_000 }
}

/** `count` of them by so many clients; seconds. Throws when one fails. */
export async function byClients(clients: number, count: number, work: Work): Promise<number> {
  const { done, seconds } = await closedLoop(clients, Infinity, work, count)
  if (done < count) throw new Error(`${count - done} of ${count} failed`)
  return seconds
}
