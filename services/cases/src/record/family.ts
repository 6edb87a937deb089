/** The family as it was on a day: a day that has come. */
import { definitionOf } from '@tirek/contract/acts'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import { ProblemError } from '@tirek/platform/problem'
import type { Day } from '@tirek/procedure/time'

/** Throws `bad-input` for a day, or a year of birth or death, that lies ahead. A child that is not born yet has its year ahead. */
export function mustHaveCome({ asOf, members }: FamilyDrawn, today: Day): void {
  const year = Number(today.slice(0, 4))
  const ahead: (string | number)[][] = asOf > today ? [['asOf']] : []
  for (const [at, { unborn, birthDate, birthYear, deathYear }] of members.entries()) {
    if (!unborn && birthDate !== undefined && birthDate > today) ahead.push(['members', at, 'birthDate'])
    if (!unborn && birthYear !== undefined && birthYear > year) ahead.push(['members', at, 'birthYear'])
    if (deathYear !== undefined && deathYear > year) ahead.push(['members', at, 'deathYear'])
  }
  if (ahead.length === 0) return
  throw new ProblemError('bad-input', {
    issues: ahead.map((path) => ({ code: 'custom', message: 'in-future', path: ['form', ...path] })),
    read: { schema: definitionOf('family-drawn').form, at: ['form'] },
  })
}
