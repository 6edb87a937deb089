import { readFileSync } from 'node:fs'
import type { Bed } from './bed.ts'

const SERVICE = 130
const WORKER = 250
const MOST = {
  cases: SERVICE,
  directory: SERVICE,
  notifications: SERVICE,
  web: SERVICE,
  watchdog: SERVICE,
  relay: SERVICE,
  steps: WORKER,
  meetings: WORKER,
  referrals: WORKER,
  worker: WORKER,
  urgent: WORKER,
}

/** What each process keeps in memory when nobody asks for anything, MB. Linux alone tells. */
export async function memoryAtRest({ system, figures }: Bed, restMs: number): Promise<void> {
  figures.begin('memory at rest')
  await new Promise((rest) => setTimeout(rest, restMs))
  for (const [name, most] of Object.entries(MOST)) {
    const status = readFileSync(`/proc/${system.pidOf(name)}/status`, 'utf8')
    const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    figures.note(`memory of ${name}`, `${resident.toFixed(0)} MB`, `≤ ${most} MB`, resident <= most)
  }
}
