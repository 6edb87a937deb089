/** The measures in their order, on one running system. */
import { loadavg } from 'node:os'
import { Bed } from './bed.ts'
import { Figures, type Figure } from './figures.ts'
import { invitations, type InvitationsSize } from './invitations.ts'
import { memoryAtRest } from './memory.ts'
import { relayLag, startOfAnHour, type RelaySize } from './relay.ts'
import { savingForms, type SavingSize } from './saving.ts'
import { seed } from './seeds.ts'
import { wave, type WaveSize } from './wave.ts'
import { workList } from './work-list.ts'

export type Size = {
  restMs: number
  cases: number
  saving: SavingSize
  relay: RelaySize
  list: { reads: number }
  wave: WaveSize
  invitations: InvitationsSize
}

export const SIZES = {
  full: {
    restMs: 5_000,
    cases: 100_000,
    // A service runs for weeks: what it does in its first seconds is not measured.
    saving: { warm: 600, rate: 100, seconds: 5, rounds: 4, clients: 50, most: 1_500 },
    relay: { hours: 20, acts: 60 },
    list: { reads: 2_000 },
    wave: { cases: 2_000, leadMs: 15_000, hours: 20, everyMs: 1_000 },
    invitations: { mails: 500, leadMs: 20_000 },
  },
  quick: {
    restMs: 3_000,
    cases: 5_000,
    saving: { warm: 50, rate: 100, seconds: 3, rounds: 3, clients: 50, most: 1_500 },
    relay: { hours: 10, acts: 20 },
    list: { reads: 200 },
    wave: { cases: 200, leadMs: 6_000, hours: 5, everyMs: 500 },
    invitations: { mails: 500, leadMs: 20_000 },
  },
  /** That the bench runs, as a part of the tests. */
  sample: {
    restMs: 0,
    cases: 200,
    saving: { warm: 2, rate: 10, seconds: 1, rounds: 1, clients: 2, most: 60 },
    relay: { hours: 1, acts: 5 },
    list: { reads: 5 },
    wave: { cases: 8, leadMs: 1_500, hours: 1, everyMs: 100 },
    invitations: { mails: 5, leadMs: 1_000 },
  },
} satisfies Record<string, Size>

/** Each with what it needs of the size. */
const MEASURES: Record<string, (bed: Bed, size: Size) => Promise<void>> = {
  memory: (bed, size) => memoryAtRest(bed, size.restMs),
  seed: async (bed, { cases }) => {
    bed.figures.begin(`filling in ${cases} cases`)
    await seed(bed, cases)
  },
  // Before thousands of forms are saved, whose workflows are started for minutes after.
  list: (bed, { list }) => workList(bed, list),
  saving: (bed, { saving }) => savingForms(bed, saving),
  hours: (bed, { relay }) => startOfAnHour(bed, relay),
  relay: (bed, { relay }) => relayLag(bed, relay),
  wave: (bed, size) => wave(bed, size.wave),
  invitations: (bed, size) => invitations(bed, size.invitations),
}

/** Starts the system, measures, stops it. `only`: names of the measures that are wanted; without it all. */
export async function runBench(size: Size, say: (line: string) => void, only?: readonly string[]): Promise<Figure[]> {
  const unknown = only?.filter((name) => !(name in MEASURES)) ?? []
  if (unknown.length > 0) throw new Error(`no measure ${unknown.join(', ')}: there are ${Object.keys(MEASURES).join(', ')}`)
  const figures = new Figures(say)
  const bed = await Bed.make(figures)
  const busy = () => loadavg()[0]!.toFixed(1)
  const before = busy()
  try {
    for (const [name, measure] of Object.entries(MEASURES)) if (!only || only.includes(name)) await measure(bed, size)
  } finally {
    await bed.stop()
  }
  say(`\n${figures.summary}\nload average ${before} before, ${busy()} after`)
  return figures.all
}
