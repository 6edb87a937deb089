/**
 * Taking a step: the record has the last word. Asked by the workflows and by the watchdog, with the same keys, so that a step is taken
 * once whoever comes first; a deadline that evidence has closed meanwhile sends nothing.
 */
import type { Deadline, Step } from '@tirek/procedure/deadline'
import { nextStepOf, stepsUntil } from '@tirek/procedure/next-step'
import { HOUR, MINUTE } from '@tirek/procedure/time'
import { rulesOf, programmeOf } from '@tirek/procedure/programmes'
import type { ProgrammeId } from '@tirek/procedure/case'
import type { Calendar } from '@tirek/procedure/calendar'
import type { NoticeInput } from '@tirek/contract/notices'
import type { Clock } from '@tirek/platform/clock'
import type { Database } from '@tirek/platform/database'
import { notice } from '../record/outbox.ts'
import { peopleOf, type KnownRow } from './people.ts'

/** Where the rows of one case and the calendars come from. */
export type StepTools = { db: Database; clock: Clock; calendarOf(version: string): Promise<Calendar>; link?: string }

export type TakeStepsInput = { caseId: string; deadlineKey: string; stepKeys: readonly string[]; by: 'workflow' | 'watchdog' }

/** A clock may be a second behind the one that asks. */
const CLOCKS_DIFFER = 1_000
/** Day-level workflows wake from 06:00 on for a step of 09:00, so that a thousand cases do not wake at once. */
const DAY_LEVEL_LEAD = 3 * HOUR
/** Later than this, people are told that it came due while the system was away. */
const AWAY = { urgent: 2 * MINUTE, case: 30 * MINUTE }

export const leadOf = (deadline: Pick<Deadline, 'runBy'>) => (deadline.runBy === 'urgent' ? CLOCKS_DIFFER : DAY_LEVEL_LEAD)

export const createTakeSteps =
  ({ db, clock, calendarOf, link }: StepTools) =>
  ({ caseId, deadlineKey, stepKeys, by }: TakeStepsInput) =>
    db.transaction(async (sql) => {
      const [row] = (await sql(
        `SELECT c.*, (SELECT coalesce(jsonb_agg(s.key), '[]') FROM cases.step s WHERE s.case_id = c.id AND s.deadline_key = $2) AS taken FROM cases."case" c WHERE c.id = $1 FOR UPDATE OF c`,
        [caseId, deadlineKey],
        'lock-for-steps',
      )) as [(KnownRow & { taken: string[] })?]
      if (!row) throw new Error('no such case')
      const { facts } = row
      const about = {
        number: row.number,
        organisation: row.organisation,
        ...(row.manager ? { manager: row.manager } : {}),
        ...(link ? { link: `${link}/cases/${caseId}` } : {}),
      }
      const taken = new Set(row.taken)
      const answer = (more: { notYet?: number } = {}) => ({ facts, about, taken: stepKeys.filter((key) => taken.has(key)), ...more })
      const calendar = await calendarOf(facts.calendar)
      const deadline = programmeOf(facts.programme)
        .deadlinesOf(facts, rulesOf(facts.programme, facts.edition), calendar)
        .find((open) => open.key === deadlineKey)
      if (!deadline) return answer()

      const now = clock.now()
      const horizon = now + leadOf(deadline)
      const wanted = new Set(stepKeys)
      const asked = stepsUntil(deadline, Math.max(horizon, ...[nextStepOf(deadline, taken)?.at ?? 0])).filter(
        (step) => wanted.has(step.key) && !taken.has(step.key),
      )
      const due = asked.filter((step) => step.at <= horizon)
      const early = asked.find((step) => step.at > horizon)
      const known = due.length > 0 ? await sql(INSERT_STEPS, [caseId, deadlineKey, now, by, JSON.stringify(due)]) : []
      const fresh = due.filter((step) => known.some((one) => one['key'] === step.key))
      for (const step of due) taken.add(step.key)
      if (fresh.length > 0) {
        const next = nextStepOf(deadline, taken)
        await sql('UPDATE cases.deadline SET next_step_at = $3, sort_at = coalesce(due, $3, sort_at) WHERE case_id = $1 AND key = $2', [
          caseId,
          deadlineKey,
          next?.at ?? null,
        ])
        const { id, kind, lane, name, version, hour, payload, not_before, made_at } = notice(
          noticeOf(row, deadline, fresh, next, now),
          facts.version,
          now,
        )
        await sql(
          `INSERT INTO cases.outbox (id, kind, lane, case_id, name, version, hour, payload, not_before, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [id, kind, lane, caseId, name, version, hour, JSON.stringify(payload), not_before, made_at],
        )
        await sql(`SELECT pg_notify('cases_outbox', $1)`, [lane === 'urgent' ? 'urgent' : ''])
      }
      return answer(early ? { notYet: early.at - leadOf(deadline) } : {})
    })

const INSERT_STEPS = `
INSERT INTO cases.step (case_id, key, deadline_key, at, taken_at, taken_by, "do", whom)
SELECT $1, s->>'key', $2, (s->>'at')::bigint, $3, $4, s->>'do', s->'whom' FROM jsonb_array_elements($5::jsonb) s
ON CONFLICT DO NOTHING RETURNING key`

/** What is told: the steps of one deadline that are taken together, for one letter a person. */
function noticeOf(row: KnownRow, deadline: Deadline, steps: readonly Step[], next: Step | undefined, now: number): NoticeInput {
  const isUrgent = deadline.runBy === 'urgent'
  const last = Math.max(...steps.map((step) => step.at))
  const hour = deadline.hour === undefined ? undefined : row.facts.hours[deadline.hour]
  return {
    key: `${row.id}/${steps.map((step) => step.key).join('|')}`.slice(0, 600),
    caseId: row.id,
    caseNumber: row.number,
    organisation: row.organisation,
    programme: row.programme,
    rule: deadline.rule,
    row: deadline.row,
    deadlineKey: deadline.key,
    ...(deadline.hour === undefined ? {} : { hour: deadline.hour }),
    urgent: isUrgent,
    ...(deadline.due === undefined ? {} : { due: deadline.due }),
    ...(deadline.dueDay === undefined ? {} : { dueDay: deadline.dueDay }),
    ...(hour ? { receivedAt: hour.receivedAt } : {}),
    sendAt: Math.max(now, last),
    // The case stands in the step's key: a step of another case must never be taken for this one.
    steps: steps.map(({ key, do: what, at, whom, repeat }) => ({ key: `${row.id}/${key}`, do: what, at, whom: [...whom], repeat })),
    lateFromStart: steps.every((step) => step.at <= deadline.bornAt),
    cameDueWhileAway: steps.some((step) => step.at > deadline.bornAt && now - step.at > AWAY[deadline.runBy]),
    people: peopleOf(row, deadline.responsible),
    ...(deadline.responsible && !deadline.responsible.person
      ? { measureOf: deadline.responsible.kind as NonNullable<NoticeInput['measureOf']> }
      : {}),
    ...(next ? { next: { at: next.at, whom: [...next.whom] } } : {}),
  }
}

/** The rows of an edition and the working calendar, as data for the workflows. */
export const createLoadProcedure =
  (calendarOf: (version: string) => Promise<Calendar>) =>
  async ({ programme, edition, calendar }: { programme: string; edition: string; calendar: string }) => ({
    rules: rulesOf(programme as ProgrammeId, edition),
    calendar: await calendarOf(calendar),
  })
