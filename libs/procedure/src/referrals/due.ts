import type { Calendar } from '../calendar.ts'
import { lengthAs } from '../child-protection/deadlines/build.ts'
import { TERM_RULES } from '../child-protection/rows.ts'
import { addLength, dayOf, type Day, type Instant } from '../time.ts'
import type { ReferralBody } from './facts.ts'

/** The day by which the case awaits the answer: its own row `referral`, so that both count the same. `terms`: settings of the organisation. */
export const answerDueDay = (body: ReferralBody, sentAt: Instant, terms: Readonly<Record<string, number>>, calendar: Calendar): Day =>
  addLength(dayOf(sentAt), lengthAs(TERM_RULES.referral.variants[body], terms), calendar)
