/**
 * Eight cases over eighteen months. Every expected instant was worked out by hand from the procedure and the page on how time is counted;
 * nothing here is computed by the code that it proves. Days off that matter: 4 and 7 January, 8, 22-24 March, 3 and 7 May 2027.
 */
import { A_YEAR_OF_REVIEWS } from './reviews.ts'
import { call, closure, evidence, helpRequest, look, OF_LAST_REVIEW, paper, plan, report, safe, visit, type Scenario } from './scenario.ts'

const MEASURE = '11111111-1111-4111-8111-111111111111'
const SECOND_MEASURE = '22222222-2222-4222-8222-222222222222'

export const SCENARIOS: Scenario[] = [
  {
    name: 'High risk, handled in time; the long way to closure',
    story:
      'Reported on Wednesday 25 November 2026 at 10:05. Measures in 35 minutes, six weeks of assessment, a plan, a year of visits, two reviews, monitoring.',
    happenings: [
      { at: '2026-11-25 10:10', who: 'worker', open: 'help-request', form: helpRequest('2026-11-25 10:05', 'high', ['H4']) },
      { at: '2026-11-25 10:26', who: 'worker', act: 'urgent-measures-evidenced', form: evidence('2026-11-25 10:25', undefined, undefined) },
      {
        at: '2026-11-25 10:41',
        who: 'worker',
        act: 'urgent-measures-evidenced',
        form: evidence(undefined, '2026-11-25 10:30', '2026-11-25 10:40'),
      },
      { at: '2026-11-25 15:00', who: 'worker', act: 'child-safe', form: safe(false) },
      ...['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2026-12-29 14:00', who: 'worker', act: 'assessment-finished', form: report('medium') },
      {
        at: '2027-01-11 12:00',
        who: 'worker',
        act: 'plan-signed',
        form: plan([{ id: MEASURE, due: '2027-03-10', responsible: 'family' }]),
      },
      { at: '2027-01-15 12:00', who: 'worker', act: 'plan-signed-by-family', form: { signed: true, by: 'мать' } },
      ...['2027-01-18', '2027-01-25', '2027-02-01', '2027-02-08', '2027-03-05'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2027-03-09 10:00', who: 'worker', act: 'measure-marked', form: { measure: MEASURE, mark: 'done' } },
      ...['2027-04-05', '2027-05-05', '2027-06-04'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2027-06-25 12:00', who: 'worker', act: 'review-report-handed-in', form: { report: 'готово' } },
      { at: '2027-07-02 11:00', who: 'worker', act: 'contact-made', form: visit() },
      { at: '2027-07-09 15:00', who: 'supervisor', act: 'review-held', form: { decision: 'continue' } },
      { at: '2027-07-12 10:00', who: 'supervisor', act: 'protocol-approved', form: { meeting: OF_LAST_REVIEW } },
      ...['2027-08-02', '2027-09-02', '2027-10-01', '2027-11-01', '2027-12-01'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2027-12-24 15:00', who: 'worker', act: 'review-report-handed-in', form: { report: 'готово' } },
      { at: '2027-12-30 11:00', who: 'worker', act: 'contact-made', form: visit() },
      { at: '2028-01-05 11:00', who: 'supervisor', act: 'review-held', form: { decision: 'close' } },
      { at: '2028-01-05 12:00', who: 'worker', act: 'closure-asked', form: closure('closed', { monitoringMonths: 3 }) },
      { at: '2028-01-06 10:00', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
      { at: '2028-01-10 10:00', who: 'supervisor', act: 'protocol-approved', form: { meeting: OF_LAST_REVIEW } },
      { at: '2028-02-04 11:00', who: 'worker', act: 'monitoring-look', form: look() },
    ],
    letters: [
      ['2026-11-25 10:35', 'worker', 'CP-10'],
      ['2026-12-23 09:00', 'worker', 'CP-23'],
      // The plan is due 12 January; three days before is Saturday the 9th, so Friday.
      ['2027-01-08 09:00', 'worker', 'CP-126'],
      // The measure is due 10 March; three days before is Sunday the 7th.
      ['2027-03-05 09:00', 'worker', 'CP-127'],
      // Review due 11 July: 28 days before is Sunday 13 June, 14 days before Sunday 27 June; its report is reminded on the 24th.
      ['2027-06-11 09:00', 'worker', 'CP-50'],
      ['2027-06-24 09:00', 'worker', 'CP-52'],
      ['2027-06-25 09:00', 'worker', 'CP-50'],
      // Held 9 July: the next is due 9 January 2028.
      ['2027-12-10 09:00', 'worker', 'CP-50'],
      ['2027-12-23 09:00', 'worker', 'CP-52'],
      ['2027-12-24 09:00', 'worker', 'CP-50'],
      ['2028-02-03 09:00', 'worker', 'CP-62'],
    ],
    deadlines: [
      ['CP-10', '2026-11-25 11:05', 'kept'],
      ['CP-112', '2026-11-26', 'kept'],
      ['CP-23', '2027-01-06', 'kept'],
      // Before the plan from the day of CP-112, weekly for a month, then monthly until the plan makes a new anchor.
      ['CP-40', '2026-12-02', 'kept'],
      ['CP-40', '2026-12-08', 'kept'],
      ['CP-40', '2026-12-15', 'kept'],
      ['CP-40', '2026-12-22', 'kept'],
      ['CP-40', '2027-01-22', 'lapsed'],
      ['CP-126', '2027-01-12', 'kept'],
      ['CP-27', '2027-01-18', 'kept'],
      ['CP-127', '2027-03-10', 'kept'],
      ['CP-40', '2027-01-18', 'kept'],
      ['CP-40', '2027-01-25', 'kept'],
      ['CP-40', '2027-02-01', 'kept'],
      ['CP-40', '2027-02-08', 'kept'],
      ['CP-40', '2027-03-08', 'kept'],
      ['CP-40', '2027-04-05', 'kept'],
      ['CP-40', '2027-05-05', 'kept'],
      ['CP-40', '2027-06-05', 'kept'],
      ['CP-40', '2027-07-04', 'kept'],
      ['CP-52', '2027-06-27', 'kept'],
      ['CP-50', '2027-07-11', 'kept'],
      ['CP-40', '2027-08-02', 'kept'],
      ['CP-40', '2027-09-02', 'kept'],
      ['CP-40', '2027-10-02', 'kept'],
      ['CP-40', '2027-11-01', 'kept'],
      ['CP-40', '2027-12-01', 'kept'],
      ['CP-40', '2028-01-01', 'kept'],
      ['CP-52', '2027-12-26', 'kept'],
      ['CP-50', '2028-01-09', 'kept'],
      ['CP-40', '2028-01-30', 'lapsed'],
      ['CP-60', '2028-01-10', 'kept'],
      ['CP-62', '2028-02-06', 'kept'],
      ['CP-62', '2028-03-04', 'open'],
      // Three working days after each review; in January the 7th is a holiday.
      ['CP-32', '2027-07-14', 'kept'],
      ['CP-32', '2028-01-11', 'kept'],
      // The review of 5 January begins the next half year, which the closure ends.
      ['CP-52', '2028-06-21', 'lapsed'],
      ['CP-50', '2028-07-05', 'lapsed'],
    ],
  },
  {
    name: 'High risk, ignored',
    story:
      'Reported on Friday 4 December 2026 at 18:50, after working hours. Nobody acts for four hours: one more person is told at each step, then all of them every hour.',
    happenings: [
      { at: '2026-12-04 18:50', who: 'worker', open: 'help-request', form: helpRequest('2026-12-04 18:50', 'high', ['H5']) },
      {
        at: '2026-12-04 23:05',
        who: 'supervisor',
        act: 'urgent-measures-evidenced',
        form: evidence('2026-12-04 22:40', '2026-12-04 22:50', '2026-12-04 23:00'),
      },
      { at: '2026-12-05 10:00', who: 'supervisor', act: 'child-safe', form: safe(false) },
      { at: '2026-12-07 10:00', who: 'worker', act: 'closure-asked', form: closure('adopted', { document: 'решение суда' }) },
      { at: '2026-12-08 10:00', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
    ],
    letters: [
      ['2026-12-04 18:50', 'duty', 'CP-10'],
      ['2026-12-04 19:20', 'worker', 'CP-10'],
      ['2026-12-04 19:35', 'supervisor', 'CP-10'],
      ['2026-12-04 19:50', 'next', 'CP-10'],
      ['2026-12-04 20:20', 'head', 'CP-10'],
      ['2026-12-04 20:50', 'duty', 'CP-10'],
      ...(['2026-12-04 21:50', '2026-12-04 22:50'] as const).flatMap((at) =>
        (['worker', 'supervisor', 'next', 'head', 'duty'] as const).map((who): [string, typeof who, string] => [at, who, 'CP-10']),
      ),
    ],
    deadlines: [
      ['CP-10', '2026-12-04 19:50', 'kept-late'],
      ['CP-112', '2026-12-05', 'kept'],
      ['CP-23', '2027-01-16', 'lapsed'],
      ['CP-40', '2026-12-12', 'lapsed'],
      ['CP-66', '2026-12-09', 'kept'],
    ],
  },
  {
    name: 'Medium risk, late primary and comprehensive assessment',
    story:
      'Registered on Monday 14 December 2026. The primary assessment is four days late in a week with a holiday, the comprehensive one nine days.',
    happenings: [
      { at: '2026-12-14 10:00', who: 'worker', open: 'help-request', form: helpRequest('2026-12-14 09:40', 'medium', ['M1', 'M6']) },
      { at: '2026-12-22 10:00', who: 'worker', act: 'primary-assessment-done', form: { outcome: 'confirmed', reason: 'подтвердилось' } },
      ...['2026-12-28', '2027-01-05', '2027-01-11', '2027-01-18', '2027-02-18'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2027-02-11 10:00', who: 'worker', act: 'assessment-finished', form: report('medium') },
      { at: '2027-02-24 10:00', who: 'worker', act: 'closure-asked', form: closure('moved-away', { document: 'справка' }) },
      { at: '2027-02-25 10:00', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
    ],
    letters: [
      // Due Friday 18 December (the 16th is a holiday): reminded on Thursday, passed on Monday.
      ['2026-12-17 09:00', 'worker', 'CP-116'],
      ['2026-12-21 09:00', 'supervisor', 'CP-116'],
      // Seen on 28 December: due Monday 4 January, a holiday; told on Tuesday the 5th at nine, seen at eleven.
      ['2027-01-05 09:00', 'supervisor', 'CP-40'],
      ['2027-01-19 09:00', 'worker', 'CP-23'],
      ['2027-01-26 09:00', 'worker', 'CP-23'],
      // Due 2 February.
      ['2027-02-03 09:00', 'supervisor', 'CP-23'],
      ['2027-02-10 09:00', 'supervisor', 'CP-23'],
      // The plan is due 25 February.
      ['2027-02-22 09:00', 'worker', 'CP-126'],
    ],
    deadlines: [
      ['CP-116', '2026-12-18', 'kept-late'],
      ['CP-40', '2026-12-29', 'kept'],
      ['CP-40', '2027-01-04', 'kept-late'],
      ['CP-40', '2027-01-12', 'kept'],
      ['CP-40', '2027-01-18', 'kept'],
      // 18 + 7 is past 22 January, a month after the anchor: monthly now.
      ['CP-40', '2027-02-18', 'kept'],
      ['CP-40', '2027-03-18', 'lapsed'],
      ['CP-23', '2027-02-02', 'kept-late'],
      ['CP-126', '2027-02-25', 'lapsed'],
      ['CP-66', '2027-02-26', 'kept'],
    ],
  },
  {
    name: 'Extended family',
    story:
      'A plan of 3 December 2026 taken over from paper; the child lives with the grandmother. Monthly for three months, then as needed; closed by a review, monitored for three months.',
    happenings: [
      {
        at: '2026-12-03 09:30',
        who: 'worker',
        open: 'from-paper',
        form: paper({
          stage: 'implementation',
          registeredDay: '2026-10-05',
          assessmentDecidedDay: '2026-10-12',
          assessmentFinishedDay: '2026-11-20',
          planDay: '2026-12-03',
          placement: 'extended-family',
          placementSince: '2026-12-03',
        }),
      },
      { at: '2027-01-05 14:00', who: 'worker', act: 'contact-made', form: visit() },
      { at: '2027-02-05 14:00', who: 'worker', act: 'contact-made', form: visit() },
      { at: '2027-03-01 14:00', who: 'worker', act: 'contact-made', form: visit() },
      { at: '2027-05-19 10:00', who: 'worker', act: 'review-report-handed-in', form: { report: 'готово' } },
      { at: '2027-06-03 11:00', who: 'supervisor', act: 'review-held', form: { decision: 'close' } },
      { at: '2027-06-03 12:00', who: 'worker', act: 'closure-asked', form: closure('closed', { monitoringMonths: 3 }) },
      { at: '2027-06-04 10:00', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
      { at: '2027-07-04 10:00', who: 'worker', act: 'monitoring-look', form: look() },
      { at: '2027-08-04 17:00', who: 'worker', act: 'monitoring-look', form: look() },
      { at: '2027-09-03 10:00', who: 'worker', act: 'monitoring-look', form: look(true) },
    ],
    letters: [
      // Due Sunday 3 January; Monday the 4th is a day off.
      ['2027-01-05 09:00', 'supervisor', 'CP-41'],
      // Review due 3 June.
      ['2027-05-06 09:00', 'worker', 'CP-50'],
      // The report, due on the 20th, is there on the 19th: nobody is reminded of it at the review's two weeks.
      ['2027-05-17 09:00', 'worker', 'CP-52'],
      // Nobody approves the protocol of 3 June, due on the 8th.
      ['2027-06-08 09:00', 'worker', 'CP-32'],
      ['2027-06-09 09:00', 'supervisor', 'CP-32'],
      // Monitoring from 4 June: looks due 4 July, 4 August, and the end, 4 September.
      ['2027-07-01 09:00', 'worker', 'CP-62'],
      ['2027-07-30 09:00', 'worker', 'CP-62'],
      ['2027-09-01 09:00', 'worker', 'CP-62'],
    ],
    deadlines: [
      ['CP-41', '2027-01-03', 'kept-late'],
      ['CP-41', '2027-02-05', 'kept'],
      ['CP-41', '2027-03-03', 'kept'],
      ['CP-52', '2027-05-20', 'kept'],
      ['CP-50', '2027-06-03', 'kept'],
      // Opened under edition 2026-2: the closure that the review decided is asked for within five working days, approved within two.
      ['CP-60', '2027-06-10', 'kept'],
      ['CP-60', '2027-06-07', 'kept'],
      ['CP-62', '2027-07-04', 'kept'],
      ['CP-62', '2027-08-04', 'kept'],
      ['CP-62', '2027-09-04', 'kept'],
      ['CP-32', '2027-06-08', 'missed'],
      ['CP-52', '2027-11-19', 'lapsed'],
      ['CP-50', '2027-12-03', 'lapsed'],
    ],
  },
  {
    name: "Children's home, then a foster family",
    story:
      'A child left in the maternity hospital on 1 February 2027: placed, the form of care asked for, monthly calls, then a foster family with visits and calls.',
    happenings: [
      { at: '2027-02-01 11:02', who: 'worker', open: 'help-request', form: helpRequest('2027-02-01 11:00', 'high', ['H1', 'U2']) },
      {
        at: '2027-02-01 11:21',
        who: 'worker',
        act: 'urgent-measures-evidenced',
        form: evidence('2027-02-01 11:10', '2027-02-01 11:15', '2027-02-01 11:20'),
      },
      { at: '2027-02-01 16:00', who: 'worker', act: 'child-safe', form: safe(true) },
      { at: '2027-02-05 15:00', who: 'worker', act: 'placement-recorded', form: { placement: 'childrens-home', with: 'дом ребенка' } },
      { at: '2027-03-04 10:00', who: 'worker', act: 'contact-made', form: call() },
      { at: '2027-03-10 12:00', who: 'worker', act: 'assessment-finished', form: report('high') },
      {
        at: '2027-03-19 14:00',
        who: 'worker',
        act: 'plan-signed',
        form: plan([{ id: SECOND_MEASURE, due: '2027-12-01', responsible: 'worker' }]),
      },
      { at: '2027-03-25 10:00', who: 'worker', act: 'plan-signed-by-family', form: { signed: false, reason: 'мать не найдена' } },
      { at: '2027-04-16 10:00', who: 'worker', act: 'contact-made', form: call() },
      { at: '2027-05-18 10:00', who: 'worker', act: 'placement-recorded', form: { placement: 'foster-family', with: 'патронатная семья' } },
      ...['2027-05-25', '2027-06-01', '2027-06-08', '2027-06-15'].map((day) => ({
        at: `${day} 11:00`,
        who: 'worker' as const,
        act: 'contact-made' as const,
        form: visit(),
      })),
      { at: '2027-06-17 10:00', who: 'worker', act: 'contact-made', form: call() },
      { at: '2027-06-30 10:00', who: 'worker', act: 'closure-asked', form: closure('adopted', { document: 'решение суда' }) },
      { at: '2027-07-05 11:00', who: 'head', act: 'closure-decided', form: { approved: true } },
    ],
    letters: [
      // Asked every two working days from 1 February.
      ['2027-02-03 09:00', 'worker', 'CP-15'],
      ['2027-02-05 09:00', 'worker', 'CP-15'],
      // Six weeks from 1 February: four weeks on 1 March, five on 8 March, a holiday, so Friday.
      ['2027-03-01 09:00', 'worker', 'CP-23'],
      ['2027-03-05 09:00', 'worker', 'CP-23'],
      // The plan is due 24 March; three days before is a holiday, so Friday the 19th.
      ['2027-03-19 09:00', 'worker', 'CP-126'],
      // Called on 16 April: due Sunday 16 May.
      ['2027-05-17 09:00', 'supervisor', 'CP-42'],
      // Approval was due Friday 2 July.
      ['2027-07-05 09:00', 'head', 'CP-66'],
    ],
    deadlines: [
      ['CP-10', '2027-02-01 12:00', 'kept'],
      ['CP-112', '2027-02-02', 'kept'],
      ['CP-15', '-', 'kept'],
      ['CP-23', '2027-03-15', 'kept'],
      ['CP-42', '2027-03-05', 'kept'],
      ['CP-42', '2027-04-04', 'lapsed'],
      ['CP-126', '2027-03-24', 'kept'],
      ['CP-27', '2027-03-26', 'kept'],
      ['CP-42', '2027-04-19', 'kept'],
      ['CP-42', '2027-05-16', 'missed'],
      ['CP-43', '2027-05-25', 'kept'],
      ['CP-43', '2027-06-01', 'kept'],
      ['CP-43', '2027-06-08', 'kept'],
      ['CP-43', '2027-06-15', 'kept'],
      ['CP-43', '2027-07-15', 'lapsed'],
      ['CP-43', '2027-06-18', 'kept'],
      ['CP-43', '2027-07-17', 'lapsed'],
      ['CP-127', '2027-12-01', 'lapsed'],
      ['CP-52', '2027-09-05', 'lapsed'],
      ['CP-50', '2027-09-19', 'lapsed'],
      ['CP-66', '2027-07-02', 'kept-late'],
    ],
  },
  {
    name: 'Monitoring, and a relapse that is not confirmed',
    story:
      'Closed on 31 August 2026 for three months and taken over from paper that day; looks on 15 September, 15 October, 15 November. In January a neighbour calls again.',
    happenings: [
      {
        at: '2026-08-31 10:00',
        who: 'worker',
        open: 'from-paper',
        form: paper({
          stage: 'monitoring',
          level: 'low',
          registeredDay: '2026-01-12',
          planDay: '2026-02-20',
          closedDay: '2026-08-31',
          monitoringEnd: '2026-11-30',
        }),
      },
      { at: '2026-09-15 11:00', who: 'worker', act: 'monitoring-look', form: look() },
      { at: '2026-10-15 11:00', who: 'worker', act: 'monitoring-look', form: look() },
      { at: '2026-11-15 12:00', who: 'worker', act: 'monitoring-look', form: look() },
      { at: '2026-11-30 15:00', who: 'worker', act: 'monitoring-look', form: look(true) },
      {
        at: '2027-01-13 11:10',
        who: 'worker',
        act: 'relapse',
        happened: '2027-01-13 11:00',
        form: { reportedAt: '2027-01-13T11:00:00+05:00', criteria: ['M2', 'M6'], level: 'medium', ground: 'звонок соседки' },
      },
      {
        at: '2027-01-18 16:00',
        who: 'worker',
        act: 'primary-assessment-done',
        form: { outcome: 'not-confirmed', reason: 'не подтвердилось' },
      },
      { at: '2027-01-19 10:00', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
    ],
    letters: [
      ['2026-10-12 09:00', 'worker', 'CP-62'],
      ['2026-11-12 09:00', 'worker', 'CP-62'],
      // The last is due on the end day, Monday 30 November.
      ['2026-11-27 09:00', 'worker', 'CP-62'],
      // Three working days from Wednesday 13 January: Monday the 18th.
      ['2027-01-15 09:00', 'worker', 'CP-116'],
    ],
    deadlines: [
      ['CP-62', '2026-09-30', 'kept'],
      ['CP-62', '2026-10-15', 'kept'],
      ['CP-62', '2026-11-15', 'kept'],
      ['CP-62', '2026-11-30', 'kept'],
      ['CP-116', '2027-01-18', 'kept'],
      // Not confirmed is an end that the supervisor approves.
      ['CP-66', '2027-01-20', 'kept'],
    ],
  },
  {
    name: 'An hour in a bad hour: Temporal, the mail server and a service away',
    story:
      'Reported on Tuesday 9 March 2027 at 10:00. Temporal is cut off at 10:10 and back at 11:40, the mail server away from 10:50 to 11:10, the notifications service stopped from 12:30 to 13:05.',
    happenings: [
      { at: '2027-03-09 10:05', who: 'worker', open: 'help-request', form: helpRequest('2027-03-09 10:00', 'high', ['H3']) },
      { at: '2027-03-09 10:10', fault: 'temporal-away' },
      { at: '2027-03-09 10:50', fault: 'mail-away' },
      { at: '2027-03-09 11:10', fault: 'mail-back' },
      { at: '2027-03-09 11:40', fault: 'temporal-back' },
      { at: '2027-03-09 12:30', fault: 'notifications-stop' },
      { at: '2027-03-09 13:05', fault: 'notifications-start' },
      {
        at: '2027-03-09 13:20',
        who: 'worker',
        act: 'urgent-measures-evidenced',
        form: evidence('2027-03-09 13:05', '2027-03-09 13:10', '2027-03-09 13:15'),
      },
      { at: '2027-03-10 09:30', who: 'worker', act: 'child-safe', form: safe(false) },
      { at: '2027-03-11 09:30', who: 'worker', act: 'closure-asked', form: closure('adopted', { document: 'решение суда' }) },
      { at: '2027-03-12 09:30', who: 'supervisor', act: 'closure-decided', form: { approved: true } },
    ],
    letters: [
      // The watchdog takes the steps half a minute late, with the same keys.
      ['2027-03-09 10:30', 'worker', 'CP-10'],
      ['2027-03-09 10:45', 'supervisor', 'CP-10'],
      // Taken at 11:00, refused by the mail server until it is back, then accepted by the next try.
      ['2027-03-09 11:10', 'next', 'CP-10'],
      ['2027-03-09 11:30', 'head', 'CP-10'],
      ['2027-03-09 12:00', 'duty', 'CP-10'],
      // Taken at 13:00, told when the service is back.
      ...(['worker', 'supervisor', 'next', 'head', 'duty'] as const).map((who): [string, typeof who, string] => [
        '2027-03-09 13:05',
        who,
        'CP-10',
      ]),
    ],
    deadlines: [
      ['CP-10', '2027-03-09 11:00', 'kept-late'],
      ['CP-112', '2027-03-10', 'kept'],
      ['CP-23', '2027-04-21', 'lapsed'],
      ['CP-40', '2027-03-17', 'lapsed'],
      ['CP-66', '2027-03-15', 'kept'],
    ],
  },
  A_YEAR_OF_REVIEWS,
]
