/** Every term that one event opens and one piece of evidence closes. */
import type { Calendar } from '../../calendar.ts'
import type { Deadline } from '../../deadline.ts'
import { addLength, dayOf, type Day } from '../../time.ts'
import type { ChildProtectionCase, Term } from '../facts.ts'
import type { TermLength, TermRule } from '../row-steps.ts'
import type { Rules } from '../rows.ts'
import { dayDeadline, lengthAs, notBefore } from './build.ts'

export const termDeadlines = (facts: ChildProtectionCase, rules: Rules, calendar: Calendar): Deadline[] =>
  facts.terms.flatMap((term) => {
    // An edition of before this row asks for nothing.
    const rule = rules.terms[term.row]
    return rule ? [termDeadline(term, facts, rule, calendar)] : []
  })

function termDeadline(term: Term, facts: ChildProtectionCase, rule: TermRule, calendar: Calendar): Deadline {
  const length: TermLength | undefined = (term.variant === undefined ? undefined : rule.variants?.[term.variant]) ?? rule.term
  const dueDay = dueDayOf(term, length, facts, calendar)
  const waitsFor =
    term.row === 'measure' && term.responsible === 'worker' && term.person === undefined
      ? 'case-manager'
      : rule.waitsFor === 'case-manager' && facts.withFirstPerson
        ? 'first-person'
        : rule.waitsFor
  const deadline = dayDeadline(
    { ...term, rule: length?.rule ?? rule.rule, ...(dueDay !== undefined && { dueDay }) },
    { waitsFor, steps: rule.steps, ...(rule.again && { again: rule.again }) },
    calendar,
  )
  return term.responsible ? { ...deadline, responsible: { kind: term.responsible, ...(term.person && { person: term.person }) } } : deadline
}

function dueDayOf(term: Term, length: TermLength | undefined, facts: ChildProtectionCase, calendar: Calendar): Day | undefined {
  if (term.day !== undefined) return notBefore(term.day, term, calendar)
  if (!length) return undefined
  return notBefore(addLength(dayOf(term.from), lengthAs(length, facts.settings.terms), calendar), term, calendar)
}
