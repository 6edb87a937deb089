/** How the system runs: every process asked for its health and its figures. */
import { FIGURES, type Figure, type SystemHealth } from '@tirek/contract/system'
import { z } from 'zod'

const LONGEST_MS = 2_500
const State = z.enum(['ok', 'away', 'absent'])
const Told = z.object({
  parts: z.record(z.string().regex(/^[a-z-]{1,30}$/), State).default({}),
  beside: z.record(z.string().regex(/^[a-z-]{1,30}$/), State).default({}),
})
type Sample = { labels: string; value: number }

/** `urls`: health addresses by part, as `healthUrls` gives them; figures stand beside, at /metrics. */
export async function systemOf(urls: Readonly<Record<string, string>>): Promise<Omit<SystemHealth, 'temporalUi'>> {
  const asked = await Promise.all(
    Object.entries(urls).map(async ([name, url]) => {
      const [health, metrics] = await Promise.all([textOf(url), textOf(url.replace(/\/health$/, '/metrics'))])
      const told = Told.safeParse(jsonOf(health))
      const parts = told.success ? { ...told.data.parts, ...told.data.beside } : {}
      const state = !told.success ? 'away' : Object.values(parts).includes('away') ? 'unwell' : 'ok'
      return { name, state, parts, metrics: metrics ?? '' } as const
    }),
  )
  const samplesOf = (name: string, metric: string) => samples(asked.find((one) => one.name === name)?.metrics ?? '', metric)
  const figures: SystemHealth['figures'] = {}
  for (const [figure, at] of Object.entries(FIGURES) as [Figure, { process: string; metric: string; label?: string }][]) {
    const found = samplesOf(at.process, at.metric).filter(
      ({ labels, value }) => Number.isFinite(value) && (!at.label || labels.includes(at.label)),
    )
    if (found.length > 0) figures[figure] = found.reduce((sum, { value }) => sum + value, 0)
  }
  const polled = samplesOf('relay', 'tirek_queue_poll_age_seconds')
  return {
    processes: asked.map(({ name, state, parts }) => ({ name, state, parts })),
    figures,
    queues: samplesOf('relay', 'tirek_queue_workers').map(({ labels, value }) => {
      const last = polled.find(
        (one) => label(one.labels, 'queue') === label(labels, 'queue') && label(one.labels, 'type') === label(labels, 'type'),
      )
      return {
        queue: label(labels, 'queue'),
        type: label(labels, 'type') === 'workflow' ? 'workflow' : 'activity',
        workers: value,
        ...(last && { seconds: last.value }),
      }
    }),
  }
}

const label = (labels: string, name: string): string =>
  labels
    .split(',')
    .find((one) => one.startsWith(`${name}="`))
    ?.slice(name.length + 2, -1) ?? ''

/** Lines of one metric in Prometheus' text: `name{labels} value`. Label values of ours are codes, without quotes or braces. */
export function samples(text: string, metric: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-z_]+)(?:\{([^}]*)\})? (\S+)/.exec(line)
    return found?.[1] === metric ? [{ labels: found[2] ?? '', value: Number(found[3]) }] : []
  })
}

/** A process that is not well says so with another status, and how: its body counts all the same. */
const textOf = (url: string): Promise<string | undefined> =>
  fetch(url, { redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) })
    .then((answer) => answer.text())
    .catch(() => undefined)

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
