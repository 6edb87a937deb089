/**
 * A year of reviews (CP-50 to CP-55). Every expected instant was worked out by hand from the procedure and the page on how time is counted.
 * Days off that matter: 3, 7 and 10 May, 25 October 2027.
 */
import { call, OF_LAST_REVIEW, paper, plan, visit, type Scenario } from './scenario.ts'

const MEASURE = '33333333-3333-4333-8333-333333333333'
const REFERRAL = '44444444-4444-4444-8444-444444444444'

export const A_YEAR_OF_REVIEWS: Scenario = {
  name: 'A year of reviews',
  story:
    'A plan of 10 December 2026, the child with the grandmother. The first review, due in June, is agreed for May; its report is late. It changes the plan, which is signed anew. The second is late itself and decides to separate: a referral, too late, then an answer in time and a children’s institution.',
  happenings: [
    {
      at: '2026-12-10 09:30',
      who: 'worker',
      open: 'from-paper',
      form: paper({
        stage: 'implementation',
        registeredDay: '2026-10-12',
        assessmentDecidedDay: '2026-10-19',
        assessmentFinishedDay: '2026-11-27',
        planDay: '2026-12-10',
        placement: 'extended-family',
        placementSince: '2026-12-10',
      }),
    },
    ...['2027-01-08', '2027-02-05', '2027-03-04'].map((day) => ({
      at: `${day} 11:00`,
      who: 'worker' as const,
      act: 'contact-made' as const,
      form: visit(),
    })),
    { at: '2027-03-18 10:00', who: 'supervisor', act: 'review-agreed', form: { day: '2027-05-20', reason: 'бабушка болеет' } },
    { at: '2027-05-11 16:00', who: 'worker', act: 'review-report-handed-in', form: { report: 'готово', proposal: 'continue' } },
    { at: '2027-05-19 15:00', who: 'supervisor', act: 'review-held', form: { decision: 'continue', nextDay: '2027-11-12' } },
    { at: '2027-05-21 10:00', who: 'supervisor', act: 'protocol-approved', form: { meeting: OF_LAST_REVIEW } },
    {
      at: '2027-05-25 12:00',
      who: 'worker',
      act: 'plan-signed',
      form: plan([{ id: MEASURE, due: '2027-09-01', responsible: 'family' }]),
    },
    { at: '2027-05-28 12:00', who: 'worker', act: 'plan-signed-by-family', form: { signed: true, by: 'бабушка' } },
    { at: '2027-08-31 10:00', who: 'worker', act: 'measure-marked', form: { measure: MEASURE, mark: 'not-done' } },
    { at: '2027-10-28 12:00', who: 'worker', act: 'review-report-handed-in', form: { report: 'готово', proposal: 'separate' } },
    { at: '2027-11-16 14:00', who: 'supervisor', act: 'review-held', form: { decision: 'separate' } },
    { at: '2027-11-18 11:00', who: 'supervisor', act: 'protocol-approved', form: { meeting: OF_LAST_REVIEW } },
    { at: '2027-11-25 10:00', who: 'worker', act: 'referral-sent', form: { referral: REFERRAL, to: 'commission' } },
    { at: '2027-12-08 10:00', who: 'worker', act: 'referral-answered', form: { referral: REFERRAL, answer: 'decided' } },
    { at: '2027-12-10 11:00', who: 'worker', act: 'placement-recorded', form: { placement: 'institution', with: 'детский дом' } },
    { at: '2028-01-05 10:00', who: 'worker', act: 'contact-made', form: call() },
    { at: '2028-02-03 10:00', who: 'worker', act: 'contact-made', form: call() },
  ],
  letters: [
    // Agreed for 20 May: 28 days before is 22 April; its report is due on 6 May.
    ['2027-04-22 09:00', 'worker', 'CP-50'],
    // Three days before 6 May is Monday the 3rd, a day off, after a weekend.
    ['2027-04-30 09:00', 'worker', 'CP-52'],
    // Two weeks before the report is not there.
    ['2027-05-06 09:00', 'worker', 'CP-50'],
    // Friday the 7th is a day off, Monday the 10th too.
    ['2027-05-11 09:00', 'supervisor', 'CP-52'],
    // Five working days from Wednesday 19 May: the 26th; the new version is signed three hours after the reminder.
    ['2027-05-25 09:00', 'worker', 'CP-55'],
    // Three days before 1 September is Sunday.
    ['2027-08-27 09:00', 'worker', 'CP-127'],
    // Agreed for 12 November: invite 15 October, report due on the 29th; handed in on the 28th, it is asked for no more.
    ['2027-10-15 09:00', 'worker', 'CP-50'],
    ['2027-10-26 09:00', 'worker', 'CP-52'],
    // Not held on Friday the 12th.
    ['2027-11-15 09:00', 'supervisor', 'CP-50'],
    // Five working days from Tuesday 16 November: the 23rd.
    ['2027-11-22 09:00', 'worker', 'CP-54'],
    ['2027-11-24 09:00', 'supervisor', 'CP-54'],
  ],
  deadlines: [
    ['CP-41', '2027-01-10', 'kept'],
    ['CP-41', '2027-02-08', 'kept'],
    // After 4 March none: it is within two weeks of 10 March, the end of the three months.
    ['CP-41', '2027-03-05', 'kept'],
    ['CP-50', '2027-06-10', 'lapsed'],
    ['CP-52', '2027-05-27', 'lapsed'],
    ['CP-52', '2027-05-06', 'kept-late'],
    ['CP-50', '2027-05-20', 'kept'],
    ['CP-32', '2027-05-24', 'kept'],
    ['CP-55', '2027-05-26', 'kept'],
    ['CP-27', '2027-06-01', 'kept'],
    ['CP-127', '2027-09-01', 'kept'],
    ['CP-52', '2027-10-29', 'kept'],
    ['CP-50', '2027-11-12', 'kept-late'],
    ['CP-32', '2027-11-19', 'kept'],
    // To be referred, and then to be answered: ten working days from 25 November.
    ['CP-54', '2027-11-23', 'kept-late'],
    ['CP-54', '2027-12-09', 'kept'],
    ['CP-42', '2028-01-10', 'kept'],
    ['CP-42', '2028-02-05', 'kept'],
    ['CP-42', '2028-03-03', 'open'],
    // Six months from 16 November.
    ['CP-52', '2028-05-02', 'open'],
    ['CP-50', '2028-05-16', 'open'],
  ],
}
