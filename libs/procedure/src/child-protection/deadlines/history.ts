/** Every deadline that is or was. */
import type { Calendar } from '../../calendar.ts'
import type { Deadline } from '../../deadline.ts'
import type { ChildProtectionCase } from '../facts.ts'
import type { Rules } from '../rows.ts'
import { contactDeadlines } from './contacts.ts'
import { hourDeadlines } from './hour.ts'
import { monitoringDeadlines } from './monitoring.ts'
import { reviewDeadlines } from './review.ts'
import { termDeadlines } from './terms.ts'

const TOPICS = [hourDeadlines, termDeadlines, contactDeadlines, reviewDeadlines, monitoringDeadlines]

const dueOrNever = (deadline: Deadline) => deadline.due ?? Number.MAX_SAFE_INTEGER

/** By due; those without a term last. */
export const historyOf = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  TOPICS.flatMap((topic) => topic(facts, rules, calendar)).sort((a, b) => dueOrNever(a) - dueOrNever(b) || (a.key < b.key ? -1 : 1))

export const deadlinesOf = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  historyOf(facts, rules, calendar).filter((deadline) => deadline.state === 'open')
