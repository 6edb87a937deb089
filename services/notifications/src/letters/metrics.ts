import { Gauge, type Registry } from 'prom-client'
import { LETTER_STATES } from '@tirek/contract/letters'
import type { LettersRecord } from './record.ts'

/** How long the oldest letter waits, and how many stand in each state. */
export function addLetterMetrics(registers: Registry, { db, clock }: LettersRecord): void {
  new Gauge({
    name: 'tirek_letters_oldest_unsent_seconds',
    help: 'Age of the oldest letter that no mail server has taken yet',
    labelNames: ['lane'],
    registers: [registers],
    async collect() {
      for (const [lane, urgent] of [
        ['urgent', true],
        ['ordinary', false],
      ] as const) {
        const [row] = await db.query(
          `SELECT min(queued_at) AS at FROM notifications.letter WHERE urgent = $1 AND (try_at IS NOT NULL OR state = 'sending')`,
          [urgent],
        )
        this.set({ lane }, row?.['at'] ? Math.max(0, clock.now() - row['at']) / 1_000 : 0)
      }
    },
  })
  new Gauge({
    name: 'tirek_letters',
    help: 'Letters by state, those accepted left out',
    labelNames: ['state'],
    registers: [registers],
    async collect() {
      const rows = await db.query(`SELECT state, count(*) AS n FROM notifications.letter WHERE state <> 'accepted' GROUP BY state`)
      for (const state of LETTER_STATES)
        if (state !== 'accepted') this.set({ state }, rows.find((row) => row['state'] === state)?.['n'] ?? 0)
    },
  })
}
