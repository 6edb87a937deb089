/** States of terms, and of hours, whose cases can be listed behind their number. `slower`: past its term, answered or not. */
export const TERMS_BEHIND = ['kept', 'keptLate', 'missed', 'late', 'running', 'lapsed'] as const
export const HOURS_BEHIND = ['begun', 'answered', 'within', 'slower'] as const
